package dev.cloudjar.kernel.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A node of the immutable tree: a leaf of entries, or a branch over nodes. Every change makes new nodes along
/// one path.
sealed interface Node {
    /// The most entries or children of a node; at a quarter of it a node merges with a neighbour.
    int WIDTH = 64;

    int LEAST = WIDTH / 4;

    /// The number of entries beneath.
    int size();

    /// How many bytes the keys and values beneath have.
    long bytes();

    /// The number of entries or children of the node itself.
    int width();

    /// The smallest key beneath.
    byte[] first();

    @Nullable
    Object get(byte[] key);

    /// The number of keys beneath that are less than `key`.
    int rank(byte[] key);

    /// The node with `value` at `key`, or two where it had to split.
    Split put(byte[] key, Object value);

    /// The node without `key`: itself where it has none, null where nothing is left.
    @Nullable
    Node remove(byte[] key);

    /// This node and its right neighbour as one.
    Node join(Node right);

    /// What became of a node: itself changed, and a right sibling if it split.
    record Split(Node left, @Nullable Node right) {}

    /// Entries in order. A value is a `byte[]` or a [Large].
    record Leaf(byte[][] keys, long[] heads, Object[] values, long bytes) implements Node {
        static final Leaf EMPTY = of(new byte[0][], new Object[0]);

        static Leaf of(byte[][] keys, Object[] values) {
            long bytes = 0;
            for (int i = 0; i < keys.length; i++) {
                bytes += bytes(keys[i], values[i]);
            }
            return new Leaf(keys, Heads.of(keys), values, bytes);
        }

        private static long bytes(byte[] key, Object value) {
            return (long) key.length + Large.length(value);
        }

        /// Where `key` stands, or `-1 - where it belongs`.
        int find(byte[] key) {
            return Heads.find(heads, keys, key);
        }

        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public int width() {
            return keys.length;
        }

        @Override
        public byte[] first() {
            return keys[0];
        }

        @Override
        public @Nullable Object get(byte[] key) {
            int at = find(key);
            return at < 0 ? null : values[at];
        }

        @Override
        public int rank(byte[] key) {
            int at = find(key);
            return at < 0 ? -1 - at : at;
        }

        @Override
        public Split put(byte[] key, Object value) {
            int at = find(key);
            if (at >= 0) {
                Object[] changed = values.clone();
                changed[at] = value;
                long weight = bytes + Large.length(value) - Large.length(values[at]);
                return new Split(new Leaf(keys, heads, changed, weight), null);
            }
            int place = -1 - at;
            byte[][] more = Slots.insert(keys, place, key);
            var grown = new Leaf(
                    more,
                    Heads.inserted(heads, more, place),
                    Slots.insert(values, place, value),
                    bytes + bytes(key, value));
            if (grown.keys.length <= WIDTH) {
                return new Split(grown, null);
            }
            // Keys mostly come in order: then the left half stays full instead of half empty.
            int cut = place == WIDTH ? WIDTH : WIDTH / 2;
            return new Split(grown.slice(0, cut), grown.slice(cut, WIDTH + 1));
        }

        @Override
        public @Nullable Node remove(byte[] key) {
            int at = find(key);
            if (at < 0) {
                return this;
            }
            return keys.length == 1
                    ? null
                    : new Leaf(
                            Slots.delete(keys, at),
                            Heads.deleted(heads, at),
                            Slots.delete(values, at),
                            bytes - bytes(keys[at], values[at]));
        }

        @Override
        public Node join(Node right) {
            var other = (Leaf) right;
            byte[][] joined = Slots.concat(keys, other.keys);
            return new Leaf(joined, Heads.of(joined), Slots.concat(values, other.values), bytes + other.bytes);
        }

        private Leaf slice(int from, int to) {
            return of(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
        }
    }

    /// Nodes in order; `keys[i]` is not greater than any key of child i, and greater than all of child i-1. Only
    /// `keys[0]` may be too great, because what is less than all goes to child 0.
    record Branch(byte[][] keys, long[] heads, Node[] children, int size, long bytes) implements Node {
        static Branch of(byte[][] keys, Node[] children) {
            int size = 0;
            long bytes = 0;
            for (Node child : children) {
                size += child.size();
                bytes += child.bytes();
            }
            return new Branch(keys, Heads.of(keys), children, size, bytes);
        }

        /// This branch with another child `at`.
        private Branch with(int at, Node child) {
            Node[] changed = children.clone();
            changed[at] = child;
            return new Branch(
                    keys,
                    heads,
                    changed,
                    size + child.size() - children[at].size(),
                    bytes + child.bytes() - children[at].bytes());
        }

        /// The child in which `key` is or belongs.
        int find(byte[] key) {
            int at = Heads.find(heads, keys, key);
            return at >= 0 ? at : Math.max(0, -2 - at);
        }

        @Override
        public int width() {
            return children.length;
        }

        @Override
        public byte[] first() {
            return children[0].first();
        }

        @Override
        public @Nullable Object get(byte[] key) {
            return children[find(key)].get(key);
        }

        @Override
        public int rank(byte[] key) {
            int at = find(key);
            int before = 0;
            for (int i = 0; i < at; i++) {
                before += children[i].size();
            }
            return before + children[at].rank(key);
        }

        @Override
        public Split put(byte[] key, Object value) {
            int at = find(key);
            Split split = children[at].put(key, value);
            Node right = split.right();
            if (right == null) {
                return new Split(with(at, split.left()), null);
            }
            Node[] changed = children.clone();
            changed[at] = split.left();
            byte[][] separators = Slots.insert(keys, at + 1, right.first());
            if (at == 0) {
                separators[0] = split.left().first();
            }
            Branch grown = of(separators, Slots.insert(changed, at + 1, right));
            if (grown.children.length <= WIDTH) {
                return new Split(grown, null);
            }
            int cut = at == WIDTH - 1 ? WIDTH : WIDTH / 2;
            return new Split(grown.slice(0, cut), grown.slice(cut, WIDTH + 1));
        }

        @Override
        public @Nullable Node remove(byte[] key) {
            int at = find(key);
            Node child = children[at];
            Node left = child.remove(key);
            if (left == child) {
                return this;
            }
            if (left == null) {
                return children.length == 1 ? null : of(Slots.delete(keys, at), Slots.delete(children, at));
            }
            Branch kept = with(at, left);
            return left.width() < LEAST ? kept.merged(at) : kept;
        }

        /// This branch with child `at`, grown thin, joined to a neighbour if both fit into one.
        private Branch merged(int at) {
            int left = at > 0 ? at - 1 : at;
            if (left + 1 >= children.length || children[left].width() + children[left + 1].width() > WIDTH / 2) {
                return this;
            }
            Node[] changed = Slots.delete(children, left + 1);
            changed[left] = children[left].join(children[left + 1]);
            return new Branch(Slots.delete(keys, left + 1), Heads.deleted(heads, left + 1), changed, size, bytes);
        }

        @Override
        public Node join(Node right) {
            var other = (Branch) right;
            byte[][] joined = Slots.concat(keys, other.keys);
            joined[keys.length] = right.first();
            return new Branch(
                    joined,
                    Heads.of(joined),
                    Slots.concat(children, other.children),
                    size + other.size,
                    bytes + other.bytes);
        }

        private Branch slice(int from, int to) {
            return of(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(children, from, to));
        }
    }
}
