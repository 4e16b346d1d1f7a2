package dev.cloudjar.kernel.store;

import dev.cloudjar.kernel.store.Node.Branch;
import dev.cloudjar.kernel.store.Node.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds a tree from rows in order, which is many times as fast as putting them in one by one.
final class TreeBuilder implements PartReader.Sink {
    private final List<Node> leaves = new ArrayList<>();
    private final byte[][] keys = new byte[Node.WIDTH][];
    private final Object[] values = new Object[Node.WIDTH];
    private int filled;

    @Override
    public void put(byte[] key, Object value) {
        keys[filled] = key;
        values[filled] = value;
        filled++;
        if (filled == Node.WIDTH) {
            leaf();
        }
    }

    private void leaf() {
        leaves.add(Leaf.of(Arrays.copyOf(keys, filled), Arrays.copyOf(values, filled)));
        filled = 0;
    }

    /// The leaves of all rows so far.
    List<Node> leaves() {
        if (filled > 0) {
            leaf();
        }
        return leaves;
    }

    /// The tree over leaves in order.
    static Tree over(List<Node> leaves) {
        if (leaves.isEmpty()) {
            return Tree.EMPTY;
        }
        List<Node> level = leaves;
        while (level.size() > 1) {
            List<Node> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += Node.WIDTH) {
                Node[] children = level.subList(from, Math.min(from + Node.WIDTH, level.size()))
                        .toArray(Node[]::new);
                byte[][] firsts = Arrays.stream(children).map(Node::first).toArray(byte[][]::new);
                above.add(Branch.of(firsts, children));
            }
            level = above;
        }
        return Tree.of(level.getFirst());
    }
}
