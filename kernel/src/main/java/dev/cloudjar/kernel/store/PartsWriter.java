package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Brings the parts of one version up to another: those in which something has changed are written anew, the
/// others are shared.
final class PartsWriter {
    static final byte[] BEGIN = {};
    static final byte[] END = {(byte) 0xFF};

    private final Folder folder;
    private final Depot depot;
    private final Limits limits;
    private final Pace pace;
    private final Map<Large, Large.Place> moved = new IdentityHashMap<>();

    PartsWriter(Folder folder, Depot depot, Limits limits, Pace pace) {
        this.folder = folder;
        this.depot = depot;
        this.limits = limits;
        this.pace = pace;
    }

    /// Told, now and then, of parts that together hold all rows: those written so far, and old ones for the rest.
    @FunctionalInterface
    interface Stage {
        void reached(List<Part> parts) throws IOException;
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
        return write(tree, changed, Long.MAX_VALUE, _ -> {});
    }

    /// The same, telling `stage` whenever old parts of so many bytes have been replaced.
    List<Part> write(Tree tree, Changed changed, long step, Stage stage) throws IOException {
        List<Part> old = changed.parts;
        if (old.isEmpty()) {
            return write(tree, BEGIN, END);
        }
        changed.join(limits.part() / 4);
        List<Part> parts = new ArrayList<>();
        boolean goesOn = false;
        long replaced = 0;
        int i = 0;
        while (i < old.size()) {
            if (!changed.changed.get(i)) {
                parts.add(old.get(i));
                goesOn = false;
                i++;
                continue;
            }
            byte[] from = goesOn
                    ? from(parts, old.get(i))
                    : i == 0 ? BEGIN : old.get(i).first();
            while (i < old.size() && changed.changed.get(i) && replaced < step) {
                replaced += old.get(i).size();
                i++;
            }
            parts.addAll(write(tree, from, i < old.size() ? old.get(i).first() : END));
            goesOn = replaced >= step && i < old.size();
            if (goesOn) {
                replaced = 0;
                stage.reached(
                        Stream.concat(parts.stream(), old.stream().skip(i)).toList());
            }
        }
        return parts;
    }

    /// Where to go on before `next`: at the end of the last part, or where it began if it is still small.
    private byte[] from(List<Part> parts, Part next) {
        if (parts.isEmpty()) {
            return BEGIN;
        }
        boolean small = parts.getLast().size() < limits.part() / 2;
        byte[] from = small ? parts.removeLast().first() : next.first();
        return parts.isEmpty() ? BEGIN : from;
    }

    private List<Part> write(Tree tree, byte[] from, byte[] to) throws IOException {
        List<Part> parts = new ArrayList<>();
        Walk rows = tree.walk(from, to, false);
        boolean more = rows.next();
        while (more) {
            try (var part = new PartWriter(folder, depot.newPart(), limits.large(), moved, pace)) {
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
        moved.clear();
    }
}
