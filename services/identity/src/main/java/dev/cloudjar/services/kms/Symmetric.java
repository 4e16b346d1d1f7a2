package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256 in Galois counter mode over a header and an encryption context, and HMAC.
final class Symmetric {
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final Ids ids;

    Symmetric(Ids ids) {
        this.ids = ids;
    }

    /// `plaintext` behind its header, to be opened by the same secret and context only.
    Blob encrypt(Blob secret, Header header, Map<String, String> context, Blob plaintext) {
        byte[] head = header.bytes();
        byte[] nonce = ids.bytes(NONCE);
        byte[] text = plaintext.bytes();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, secret, nonce, head, context);
            ByteBuffer whole = ByteBuffer.allocate(head.length + NONCE + text.length + TAG);
            whole.put(head).put(nonce);
            cipher.doFinal(ByteBuffer.wrap(text), whole);
            return Blob.of(whole.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    Blob decrypt(Blob secret, Header header, Map<String, String> context, Blob ciphertext) {
        ByteBuffer whole = ByteBuffer.wrap(ciphertext.bytes()).position(header.length());
        if (whole.remaining() < NONCE + TAG) {
            throw Kms.INVALID_CIPHERTEXT_EXCEPTION.because("");
        }
        byte[] nonce = new byte[NONCE];
        whole.get(nonce);
        byte[] text = new byte[whole.remaining()];
        whole.get(text);
        try {
            return Blob.of(cipher(Cipher.DECRYPT_MODE, secret, nonce, header.bytes(), context)
                    .doFinal(text));
        } catch (AEADBadTagException altered) {
            throw Kms.INVALID_CIPHERTEXT_EXCEPTION.because("");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, Blob secret, byte[] nonce, byte[] head, Map<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret.bytes(), "AES"), new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(head);
        if (!context.isEmpty()) {
            cipher.updateAAD(Json.write(new TreeMap<>(context)).getBytes(StandardCharsets.UTF_8));
        }
        return cipher;
    }

    static Blob mac(Spec spec, Blob secret, Blob message) {
        return Blob.of(Digests.hmac(spec.algorithm(), secret.bytes()).doFinal(message.bytes()));
    }
}
