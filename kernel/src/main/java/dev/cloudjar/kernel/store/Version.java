package dev.cloudjar.kernel.store;

import dev.cloudjar.kernel.checksum.Digests;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// All rows as they were after one transaction. It does not change any more, and needs no transaction to be read.
public final class Version {
    /// Takes keys with what they had before and have after; null where there was or is none.
    @FunctionalInterface
    public interface Difference {
        void changed(byte[] key, byte @Nullable [] before, byte @Nullable [] after);
    }

    /// Builds a version from rows in the order of their keys.
    public static final class Builder {
        private final TreeBuilder rows = new TreeBuilder();
        private byte @Nullable [] last;

        public void put(byte[] key, byte[] value) {
            byte[] before = last;
            if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
                throw new IllegalArgumentException("rows come in the order of their keys");
            }
            last = key;
            rows.put(key, value);
        }

        public Version build() {
            return build(0);
        }

        /// The version as it was after transaction number `sequence`.
        public Version build(long sequence) {
            return new Version(TreeBuilder.over(rows.leaves()), sequence);
        }
    }

    private final Tree tree;
    private final long sequence;

    Version(Tree tree, long sequence) {
        this.tree = tree;
        this.sequence = sequence;
    }

    Tree tree() {
        return tree;
    }

    /// The number of the last transaction in it.
    public long sequence() {
        return sequence;
    }

    public long rows() {
        return tree.size();
    }

    /// How many bytes its keys and values have.
    public long bytes() {
        return tree.bytes();
    }

    public byte @Nullable [] get(byte[] key) {
        Object stored = tree.get(key);
        return stored == null ? null : Large.bytes(stored);
    }

    /// The rows whose keys begin with `prefix`.
    public Tx.Cursor under(byte[] prefix) {
        return tree.walk(prefix, Keys.after(prefix), false);
    }

    /// Every row.
    public Tx.Cursor all() {
        return tree.walk(PartsWriter.BEGIN, PartsWriter.END, false);
    }

    /// Tells `each` how `later` differs from this version, in the order of the keys.
    public void differences(Version later, Difference each) {
        tree.differences(
                later.tree,
                (key, before, after) -> each.changed(
                        key, before == null ? null : Large.bytes(before), after == null ? null : Large.bytes(after)));
    }

    /// The SHA-256 of all keys and values: two versions with the same digest are the same.
    public String digest() {
        MessageDigest sha = Digests.sha256();
        for (Tx.Cursor rows = all(); rows.next(); ) {
            add(sha, rows.key());
            add(sha, rows.value());
        }
        return Digests.hex(sha.digest());
    }

    private static void add(MessageDigest sha, byte[] bytes) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            sha.update((byte) (bytes.length >> shift));
        }
        sha.update(bytes);
    }
}
