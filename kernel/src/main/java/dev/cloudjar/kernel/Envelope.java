package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Something that a service keeps under a data key of its own, with that key beside it, sealed by KMS: without
/// the KMS key nobody reads it any more.
///
/// @param key the ARN of the KMS key
public record Envelope(String key, Blob dataKey, Blob content) {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /// `content` under a new data key of the KMS key that `name` means. Refusals are KMS's own errors.
    public static Envelope seal(Kernel kernel, String name, Map<String, String> context, Blob content) {
        Keys.DataKey key = kernel.keys().generate(name, context);
        byte[] nonce = kernel.ids().bytes(NONCE);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.plaintext(), nonce, content.bytes());
        ByteBuffer whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed);
        return new Envelope(key.key().toString(), key.sealed(), Blob.of(whole.array()));
    }

    /// What was sealed with the same `context`.
    public Blob open(Kernel kernel, Map<String, String> context) {
        Blob plain = kernel.keys().open(dataKey, context);
        ByteBuffer whole = ByteBuffer.wrap(content.bytes());
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[whole.remaining() - NONCE];
        whole.get(nonce).get(sealed);
        return Blob.of(cipher(Cipher.DECRYPT_MODE, plain, nonce, sealed));
    }

    private static byte[] cipher(int mode, Blob key, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was sealed is not as it was", e);
        }
    }
}
