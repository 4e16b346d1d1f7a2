package dev.cloudjar.kernel.store;

import dev.cloudjar.kernel.store.Node.Branch;
import dev.cloudjar.kernel.store.Node.Leaf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cursor over one version of the tree, in either direction. Belongs to one thread.
final class Walk implements Tx.Cursor {
    private record Step(Branch branch, int child) {}

    private final byte[] from;
    private final byte[] to;
    private final int direction;
    private final List<Step> path = new ArrayList<>(4);
    private @Nullable Leaf leaf;
    private int at;

    /// The first place in the leaf that is behind the end, or the last that is not before it where it descends.
    private int edge;

    Walk(Node root, byte[] from, byte[] to, boolean descending) {
        this.from = from;
        this.to = to;
        this.direction = descending ? -1 : 1;
        Leaf start = descend(root, descending ? to : from);
        int place = start.rank(descending ? to : from);
        this.at = descending ? place : place - 1;
        enter(start);
    }

    /// Finds how far the walk goes in this leaf, so that no key needs to be looked at on the way.
    private void enter(Leaf next) {
        leaf = next;
        edge = direction > 0 ? next.rank(to) : next.rank(from);
    }

    @Override
    public boolean next() {
        at += direction;
        while (leaf != null && !(direction > 0 ? at < edge : at >= edge)) {
            boolean endsHere = direction > 0 ? edge < leaf.width() : edge > 0;
            if (endsHere || !neighbour()) {
                leaf = null;
            }
        }
        return leaf != null;
    }

    @Override
    public byte[] key() {
        return current().keys()[at];
    }

    @Override
    public byte[] value() {
        return Large.bytes(stored());
    }

    /// The value, a `byte[]` or a [Large].
    Object stored() {
        return current().values()[at];
    }

    private Leaf current() {
        if (leaf == null) {
            throw new IllegalStateException("the cursor stands nowhere");
        }
        return leaf;
    }

    private Leaf descend(Node node, byte[] key) {
        Node next = node;
        while (next instanceof Branch branch) {
            int child = branch.find(key);
            path.add(new Step(branch, child));
            next = branch.children()[child];
        }
        return (Leaf) next;
    }

    /// Moves to the leaf beside this one, standing on its first entry in the direction of the walk.
    private boolean neighbour() {
        while (!path.isEmpty()) {
            Step step = path.removeLast();
            int child = step.child() + direction;
            if (child < 0 || child >= step.branch().width()) {
                continue;
            }
            path.add(new Step(step.branch(), child));
            Node next = step.branch().children()[child];
            while (next instanceof Branch branch) {
                int edge = direction > 0 ? 0 : branch.width() - 1;
                path.add(new Step(branch, edge));
                next = branch.children()[edge];
            }
            enter((Leaf) next);
            at = direction > 0 ? 0 : next.width() - 1;
            return true;
        }
        return false;
    }
}
