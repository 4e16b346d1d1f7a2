package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.Tokens;
import dev.cloudjar.kernel.checksum.Digests;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Access key ids and unique ids as AWS makes them: a prefix that says of what, then the account, then chance;
/// and the secrets of keys, which follow from their ids and a secret of the world, so that none is stored.
public final class KeyIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BYTES = 10;
    private static final int MARKED = 12;
    private static final int SECRET = 40;
    private static final long NEW_FORM = 1L << 47;

    private final Ids ids;
    private final Tokens tokens;

    public KeyIds(Ids ids, Tokens tokens) {
        this.ids = ids;
        this.tokens = tokens;
    }

    /// A unique id of twenty-one characters.
    public String unique(String prefix) {
        return key(prefix) + ALPHABET.charAt(ids.bytes(1)[0] & 31);
    }

    /// A key id of twenty characters.
    public String key(String prefix) {
        byte[] chance = ids.bytes(BYTES);
        long account = Long.parseLong(Call.current().account());
        long head = NEW_FORM | account << 7 | chance[0] & 127;
        ByteBuffer bytes =
                ByteBuffer.allocate(BYTES).putShort((short) (head >> 32)).putInt((int) head);
        bytes.put(chance, 6, 2);
        bytes.put(mark(prefix, bytes.array()), 0, 2);
        return prefix + spelled(bytes.array());
    }

    private byte[] mark(String prefix, byte[] bytes) {
        return Digests.sha256(tokens.seal("key." + prefix, spelled(bytes).substring(0, MARKED)));
    }

    /// Whether this world made the key id; one of another world is taken for ours once in 65,536 times.
    public boolean isOurs(String key) {
        if (key.length() != 20) {
            return false;
        }
        byte[] bytes = bytes(key.substring(4));
        if (bytes.length == 0) {
            return false;
        }
        byte[] unmarked = bytes.clone();
        unmarked[8] = 0;
        unmarked[9] = 0;
        byte[] mark = mark(key.substring(0, 4), unmarked);
        return mark[0] == bytes[8] && mark[1] == bytes[9];
    }

    /// The secret that belongs to a key id or a session token.
    public String secret(String of) {
        byte[] digest = Digests.sha256(tokens.seal("key.secret", of));
        return Base64.getEncoder().encodeToString(digest).substring(0, SECRET);
    }

    /// The account of a key id of today's form.
    public static Optional<String> account(String key) {
        byte[] bytes = key.length() < 20 ? new byte[0] : bytes(key.substring(4, 20));
        if (bytes.length == 0) {
            return Optional.empty();
        }
        long head = ByteBuffer.wrap(bytes).getLong() >>> 16;
        String digits = Long.toString((head & NEW_FORM - 1) >> 7);
        return Optional.of("0".repeat(Math.max(0, 12 - digits.length())) + digits);
    }

    private static String spelled(byte[] bytes) {
        var text = new StringBuilder();
        for (int bit = 0; bit < bytes.length * 8; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++) {
                value = value << 1 | bytes[i / 8] >> 7 - i % 8 & 1;
            }
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        byte[] bytes = new byte[BYTES];
        for (int bit = 0; bit < BYTES * 8; bit++) {
            int value = ALPHABET.indexOf(text.charAt(bit / 5));
            if (value < 0) {
                return new byte[0];
            }
            bytes[bit / 8] |= (byte) ((value >> 4 - bit % 5 & 1) << 7 - bit % 8);
        }
        return bytes;
    }
}
