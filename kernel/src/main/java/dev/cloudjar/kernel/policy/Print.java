package dev.cloudjar.kernel.policy;

/// A text with the hashes of all its beginnings and ends, by which it is told from most patterns at a glance.
final class Print {
    private static final int FACTOR = 31;

    private final int[] heads;
    private final int[] tails;

    Print(String text) {
        int length = text.length();
        this.heads = new int[length + 1];
        this.tails = new int[length + 1];
        for (int i = 0; i < length; i++) {
            heads[i + 1] = more(heads[i], text.charAt(i));
            tails[i + 1] = more(tails[i], text.charAt(length - 1 - i));
        }
    }

    /// The hash of a text that goes on with `next`.
    static int more(int hash, char next) {
        return hash * FACTOR + next;
    }

    /// Whether the first `length` characters may be those with this hash.
    boolean begins(int length, int hash) {
        return length < heads.length && heads[length] == hash;
    }

    /// Whether the last `length` characters, read backwards, may be those with this hash.
    boolean ends(int length, int hash) {
        return length < tails.length && tails[length] == hash;
    }
}
