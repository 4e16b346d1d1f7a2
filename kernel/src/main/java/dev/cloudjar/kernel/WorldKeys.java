package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The keys of a world without KMS: every name is that of a key, and one secret of the world seals for all of
/// them.
final class WorldKeys implements Keys {
    private static final AwsError.Code INVALID_CIPHERTEXT = AwsError.Code.of("InvalidCiphertextException", 400);
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private volatile SecretKeySpec secret;
    private final Ids ids;

    WorldKeys(Blob secret, Ids ids) {
        this.secret = new SecretKeySpec(secret.bytes(), "AES");
        this.ids = ids;
    }

    /// From now on only what was sealed with `other` is opened.
    void use(Blob other) {
        secret = new SecretKeySpec(other.bytes(), "AES");
    }

    @Override
    public Arn find(String name) {
        return Arn.parse(name)
                .filter(arn -> !arn.resource().startsWith("alias/"))
                .orElseGet(() -> key(Arn.parse(name).map(Arn::resource).orElse(name)));
    }

    /// An alias stands for a key whose id follows from it.
    private static Arn key(String name) {
        if (!name.startsWith("alias/")) {
            return Arn.here("kms", name.startsWith("key/") ? name : "key/" + name);
        }
        byte[] seed = Arn.here("kms", name).toString().getBytes(StandardCharsets.UTF_8);
        return Arn.here("kms", "key/" + UUID.nameUUIDFromBytes(seed));
    }

    /// Every key is there, for everybody.
    @Override
    public void check(String name, Map<String, String> context) {
        find(name);
    }

    @Override
    public DataKey generate(String name, Map<String, String> context) {
        Arn key = find(name);
        byte[] plaintext = ids.bytes(KEY);
        byte[] nonce = ids.bytes(NONCE);
        byte[] arn = key.toString().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, arn, context, plaintext);
        ByteBuffer whole = ByteBuffer.allocate(2 + arn.length + NONCE + sealed.length);
        whole.putShort((short) arn.length).put(arn).put(nonce).put(sealed);
        return new DataKey(key, Blob.of(plaintext), Blob.of(whole.array()));
    }

    @Override
    public Blob open(Blob sealed, Map<String, String> context) {
        ByteBuffer whole = ByteBuffer.wrap(sealed.bytes());
        int length = whole.remaining() < 2 ? -1 : whole.getShort();
        if (length < 0 || whole.remaining() < length + NONCE) {
            throw INVALID_CIPHERTEXT.because("");
        }
        byte[] arn = new byte[length];
        byte[] nonce = new byte[NONCE];
        whole.get(arn).get(nonce);
        byte[] text = new byte[whole.remaining()];
        whole.get(text);
        return Blob.of(cipher(Cipher.DECRYPT_MODE, nonce, arn, context, text));
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] arn, Map<String, String> context, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(arn);
            cipher.updateAAD(Json.write(new TreeMap<>(context)).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (AEADBadTagException otherContext) {
            throw INVALID_CIPHERTEXT.because("");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}
