package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Brings the parts of one version up to another: those in which something has changed are written anew, the
/// others are shared.
final class PartsWriter {
    static final byte[] BEGIN = {};
    static final byte[] END = {(byte) 0xFF};

    private final Folder folder;
    private final Depot depot;
    private final Limits limits;
    private final Map<Large, Large.Place> moved = new IdentityHashMap<>();

    PartsWriter(Folder folder, Depot depot, Limits limits) {
        this.folder = folder;
        this.depot = depot;
        this.limits = limits;
    }

    /// Which of `parts` hold one of `keys`; parts that have become small are joined with what is written anyway.
    static final class Changed implements Record.Reader {
        private final List<Part> parts;
        private final BitSet changed = new BitSet();

        Changed(List<Part> parts) {
            this.parts = parts;
        }

        @Override
        public void put(byte[] key, int at, int length) {
            note(key);
        }

        @Override
        public void deleted(byte[] key) {
            note(key);
        }

        private void note(byte[] key) {
            int low = 0;
            int high = parts.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (Arrays.compareUnsigned(parts.get(middle).first(), key) <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            changed.set(low);
        }

        private void join(long small) {
            for (int i = 0; i < parts.size(); i++) {
                boolean beside = i > 0 && changed.get(i - 1) || changed.get(i + 1);
                if (beside && parts.get(i).size() < small) {
                    changed.set(i);
                }
            }
        }
    }

    /// The parts of `tree`, which differs from what `changed` was made of in the keys that it was told.
    List<Part> write(Tree tree, Changed changed) throws IOException {
        List<Part> old = changed.parts;
        if (old.isEmpty()) {
            return write(tree, BEGIN, END);
        }
        changed.join(limits.part() / 4);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            if (!changed.changed.get(i)) {
                parts.add(old.get(i));
                continue;
            }
            byte[] from = i == 0 ? BEGIN : old.get(i).first();
            int end = changed.changed.nextClearBit(i);
            parts.addAll(write(tree, from, end < old.size() ? old.get(end).first() : END));
            i = end - 1;
        }
        return parts;
    }

    private List<Part> write(Tree tree, byte[] from, byte[] to) throws IOException {
        List<Part> parts = new ArrayList<>();
        Walk rows = tree.walk(from, to, false);
        boolean more = rows.next();
        while (more) {
            try (var part = new PartWriter(folder, depot.newPart(), limits.large(), moved)) {
                while (more && part.size() < limits.part()) {
                    part.put(rows.key(), rows.stored());
                    more = rows.next();
                }
                parts.add(part.finish());
            }
        }
        return parts;
    }

    /// Has large values read from where they stand now. Before, the parts must count.
    void settle() {
        moved.forEach(Large::moved);
    }
}
