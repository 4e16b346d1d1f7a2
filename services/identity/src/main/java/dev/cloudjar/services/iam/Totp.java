package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.checksum.Digests;
import java.nio.ByteBuffer;
import java.time.Instant;

/// One-time passwords by the clock: RFC 6238 with SHA-1, six digits, thirty seconds. A seed is spelled in base
/// 32.
final class Totp {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP = 30;
    private static final int DIGITS = 6;

    private Totp() {}

    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP);
    }

    /// What a device with this seed shows in that step.
    static String code(String seed, long step) {
        byte[] hash = Digests.hmac("HmacSHA1", bytes(seed))
                .doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 15) & Integer.MAX_VALUE;
        String digits = Integer.toString(number % 1_000_000);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    static String spelled(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 255;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(held >> bits & 31));
            }
            held &= (1 << bits) - 1;
        }
        return text.toString();
    }

    private static byte[] bytes(String seed) {
        ByteBuffer bytes = ByteBuffer.allocate(seed.length() * 5 / 8);
        int bits = 0;
        int held = 0;
        for (char c : seed.toCharArray()) {
            held = held << 5 | ALPHABET.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
                held &= (1 << bits) - 1;
            }
        }
        return bytes.array();
    }
}
