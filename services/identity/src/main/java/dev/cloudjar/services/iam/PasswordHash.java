package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Ids;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a password: `salt.hash`, by PBKDF2.
record PasswordHash(Ids ids) {
    private static final int ROUNDS = 20_000;
    private static final int BITS = 256;
    private static final int SALT = 16;

    String of(String password) {
        byte[] salt = ids.bytes(SALT);
        return text(salt) + '.' + text(hash(password, salt));
    }

    static boolean matches(String password, String kept) {
        int dot = kept.indexOf('.');
        if (dot < 0) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(kept.substring(0, dot));
        byte[] hash = Base64.getDecoder().decode(kept.substring(dot + 1));
        return MessageDigest.isEqual(hash, hash(password, salt));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2", e);
        }
    }
}
