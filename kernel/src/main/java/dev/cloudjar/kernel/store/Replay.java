package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Rebuilds the tree from the journal's payloads, in order.
final class Replay implements Consumer<ByteBuffer>, Effects {
    private Tree tree = Tree.EMPTY;
    private long sequence;

    @Override
    public void accept(ByteBuffer payload) {
        sequence = payload.getLong(0);
        Record.read(payload, this);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        tree = tree.put(key, value);
    }

    @Override
    public void deleted(byte[] key) {
        tree = tree.remove(key);
    }

    Tree tree() {
        return tree;
    }

    long sequence() {
        return sequence;
    }
}
