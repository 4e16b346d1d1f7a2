package dev.cloudjar.kernel.store;

import dev.cloudjar.kernel.store.Node.Branch;
import dev.cloudjar.kernel.store.Node.Leaf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An immutable ordered map of bytes to bytes: a B+tree whose changes copy one path and share all else.
///
/// A snapshot is a reference; two versions that share a node agree on everything beneath it.
final class Tree {
    static final Tree EMPTY = new Tree(Leaf.EMPTY);

    private final Node root;

    private Tree(Node root) {
        this.root = root;
    }

    static Tree of(Node root) {
        return new Tree(root);
    }

    Node root() {
        return root;
    }

    int size() {
        return root.size();
    }

    /// How many bytes all keys and values have.
    long bytes() {
        return root.bytes();
    }

    /// The value of `key`: a `byte[]` or a [Large].
    @Nullable
    Object get(byte[] key) {
        return root.get(key);
    }

    /// The number of keys less than `key`.
    int rank(byte[] key) {
        return root.rank(key);
    }

    Tree put(byte[] key, Object value) {
        Node.Split split = root.put(key, value);
        Node right = split.right();
        if (right == null) {
            return new Tree(split.left());
        }
        Node left = split.left();
        return new Tree(Branch.of(new byte[][] {left.first(), right.first()}, new Node[] {left, right}));
    }

    Tree remove(byte[] key) {
        Node left = root.remove(key);
        if (left == null) {
            return EMPTY;
        }
        if (left == root) {
            return this;
        }
        Node top = left;
        while (top instanceof Branch branch && branch.width() == 1) {
            top = branch.children()[0];
        }
        return new Tree(top);
    }

    Walk walk(byte[] from, byte[] to, boolean descending) {
        return new Walk(root, from, to, descending);
    }

    /// Whether this version and `other` hold the very same entries from `from` to `to`. Compares by identity and
    /// skips what is shared, so it costs what changed, not what there is.
    boolean sameRange(Tree other, byte[] from, byte[] to) {
        return same(root, other.root, from, to);
    }

    private static boolean same(Node a, Node b, byte[] from, byte[] to) {
        if (a == b) {
            return true;
        }
        if (a instanceof Branch left && b instanceof Branch right && sameKeys(left.keys(), right.keys())) {
            return sameChildren(left, right, from, to);
        }
        var mine = new Walk(a, from, to, false);
        var theirs = new Walk(b, from, to, false);
        while (mine.next()) {
            if (!theirs.next() || mine.stored() != theirs.stored() || !Arrays.equals(mine.key(), theirs.key())) {
                return false;
            }
        }
        return !theirs.next();
    }

    private static boolean sameChildren(Branch left, Branch right, byte[] from, byte[] to) {
        byte[][] keys = left.keys();
        for (int i = 0; i < keys.length; i++) {
            boolean outside = i + 1 < keys.length && Arrays.compareUnsigned(keys[i + 1], from) <= 0
                    || i > 0 && Arrays.compareUnsigned(keys[i], to) >= 0;
            if (!outside && !same(left.children()[i], right.children()[i], from, to)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameKeys(byte[][] left, byte[][] right) {
        return left == right || Arrays.equals(left, right, (a, b) -> a == b ? 0 : 1);
    }

    /// Tells of every key whose value is another in `other`, in order, without looking at what both share.
    void differences(Tree other, Difference each) {
        differences(root, other.root, each);
    }

    /// Takes keys with what they had before and have after; null where there was or is none.
    @FunctionalInterface
    interface Difference {
        void changed(byte[] key, @Nullable Object before, @Nullable Object after);
    }

    private static void differences(Node a, Node b, Difference each) {
        if (a == b) {
            return;
        }
        if (a instanceof Branch left && b instanceof Branch right && sameKeys(left.keys(), right.keys())) {
            for (int i = 0; i < left.width(); i++) {
                differences(left.children()[i], right.children()[i], each);
            }
            return;
        }
        var before = new Walk(a, PartsWriter.BEGIN, PartsWriter.END, false);
        var after = new Walk(b, PartsWriter.BEGIN, PartsWriter.END, false);
        boolean was = before.next();
        boolean is = after.next();
        while (was || is) {
            int order = !was ? 1 : !is ? -1 : Arrays.compareUnsigned(before.key(), after.key());
            if (order != 0 || !Large.same(before.stored(), after.stored())) {
                each.changed(
                        order <= 0 ? before.key() : after.key(),
                        order <= 0 ? before.stored() : null,
                        order >= 0 ? after.stored() : null);
            }
            was = order <= 0 ? before.next() : was;
            is = order >= 0 ? after.next() : is;
        }
    }
}
