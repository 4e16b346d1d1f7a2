package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Page tokens and other handles that clients carry about: opaque, bound to this world and to one purpose, of no
/// use when altered.
public final class Tokens {
    private static final int MARK = 12;

    private final SecretKeySpec secret;

    Tokens(Blob secret) {
        this.secret = new SecretKeySpec(secret.bytes(), "HmacSHA256");
    }

    /// A token from which [#open] gets `content` back, for the same `scope` only.
    public String seal(String scope, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(mark(scope, text), MARK + text.length);
        System.arraycopy(text, 0, token, MARK, text.length);
        return spelled(token);
    }

    /// The content of a token that this world sealed for `scope`, or nothing.
    public Optional<String> open(String scope, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length < MARK) {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(bytes, MARK, bytes.length);
        boolean ours = MessageDigest.isEqual(mark(scope, text), Arrays.copyOf(bytes, MARK));
        // Base64 has several spellings of some bytes; a token has one.
        return ours && spelled(bytes).equals(token)
                ? Optional.of(new String(text, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String spelled(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private byte[] mark(String scope, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(scope.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(text), MARK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
