package dev.cloudjar.conformance.laws;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// What a client makes of a blob that was answered before it sends it back.
final class Blobs {
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP = 30;

    private Blobs() {}

    /// Of a blob in base 64, by `head 60` its first sixty bytes; by `wrapped x*32` so many of the letter,
    /// encrypted under it as a public key of RSA; by `code 1` what an authenticator with this seed shows a step
    /// after `now`.
    static String made(String how, String blob, Instant now) {
        byte[] bytes = Base64.getDecoder().decode(blob);
        String what = how.substring(how.indexOf(' ') + 1);
        if (how.startsWith("code")) {
            return code(
                    new String(bytes, StandardCharsets.US_ASCII), now.getEpochSecond() / STEP + Long.parseLong(what));
        }
        return Base64.getEncoder()
                .encodeToString(
                        how.startsWith("head") ? Arrays.copyOf(bytes, Integer.parseInt(what)) : wrapped(what, bytes));
    }

    /// A code as RFC 6238 has it, of a seed in base 32.
    private static String code(String seed, long step) {
        var bits = new StringBuilder("1");
        seed.chars()
                .map(LETTERS::indexOf)
                .mapToObj(
                        each -> Integer.toBinaryString(LETTERS.length() + each).substring(1))
                .forEach(bits::append);
        byte[] key = new BigInteger(bits.toString(), 2).toByteArray();
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, 1, key.length - 1, "RAW"));
            byte[] digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int at = digest[digest.length - 1] & 15;
            int number = (ByteBuffer.wrap(digest, at, Integer.BYTES).getInt() & Integer.MAX_VALUE) % 1_000_000;
            return String.format(Locale.ROOT, "%06d", number);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    private static byte[] wrapped(String letters, byte[] publicKey) {
        byte[] secret = new byte[Integer.parseInt(letters.substring(2))];
        Arrays.fill(secret, (byte) letters.charAt(0));
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey)),
                    OAEP);
            return cipher.doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no public key of RSA", e);
        }
    }
}
