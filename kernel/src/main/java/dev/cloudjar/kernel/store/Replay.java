package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rebuilds the tree from the journal's payloads, in order, and remembers what it was at some of them.
final class Replay implements JournalReader.Sink {
    private final int large;
    private final Set<Long> marks;
    private final Map<Long, Tree> marked = new HashMap<>();
    private Tree tree;
    private long sequence;

    /// Goes on from `tree`, which is the state at `sequence`. Values of `large` bytes stay in the journal.
    Replay(Tree tree, long sequence, int large, Set<Long> marks) {
        this.tree = tree;
        this.sequence = sequence;
        this.large = large;
        this.marks = marks;
        mark();
    }

    @Override
    public boolean accept(ByteBuffer payload, Large.Place place) {
        sequence = Record.sequence(payload);
        Record.read(payload, new Record.Reader() {
            @Override
            public void put(byte[] key, int at, int length) {
                tree = tree.put(key, value(payload, place, at, length));
            }

            @Override
            public void deleted(byte[] key) {
                tree = tree.remove(key);
            }
        });
        mark();
        return true;
    }

    private Object value(ByteBuffer payload, Large.Place place, int at, int length) {
        if (length >= large) {
            int check = Large.check(payload.array(), payload.arrayOffset() + at, length);
            return new Large(new Large.Place(place.folder(), place.file(), place.at() + at), length, check);
        }
        byte[] value = new byte[length];
        payload.get(at, value);
        return value;
    }

    private void mark() {
        if (marks.contains(sequence)) {
            marked.put(sequence, tree);
        }
    }

    Tree tree() {
        return tree;
    }

    long sequence() {
        return sequence;
    }

    /// What the tree was after transaction `number`, if that was to be remembered.
    Optional<Tree> at(long number) {
        return Optional.ofNullable(marked.get(number));
    }
}
