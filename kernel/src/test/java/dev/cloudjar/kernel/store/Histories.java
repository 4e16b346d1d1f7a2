package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Random concurrent transactions whose every reading is checked.
///
/// Each row is the list of the transactions that wrote it, and each write appends to what was read. So the rows
/// at the end tell in which order the writes came, and each reading tells between which writes it stood. From
/// that, and from what was over before what else began, follows who must come before whom: if that has no
/// cycle, the history is strictly serializable.
final class Histories {
    private static final int KEYS = 24;
    private static final int THREADS = 8;
    private static final int EACH = 60;

    /// One committed transaction: what it read of each key, and which keys it appended itself to.
    private record Done(int id, int begun, int ended, Map<Integer, int[]> read, Map<Integer, int[]> written) {}

    private final Store store;
    private final long seed;
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger ticks = new AtomicInteger();
    private final ConcurrentLinkedQueue<Done> history = new ConcurrentLinkedQueue<>();

    Histories(Store store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    void runAndCheck() {
        Together.run(THREADS, thread -> {
            var random = new SplittableRandom(seed * 31 + thread.nextLong());
            for (int i = 0; i < EACH; i++) {
                history.add(transaction(random.nextLong()));
            }
        });
        check(new ArrayList<>(history));
    }

    private Done transaction(long program) {
        int id = ids.incrementAndGet();
        int begun = ticks.incrementAndGet();
        Done done = store.transact(Store.Origin.NONE, tx -> body(tx, id, begun, new SplittableRandom(program)));
        return new Done(id, begun, ticks.incrementAndGet(), done.read(), done.written());
    }

    private Done body(Tx tx, int id, int begun, SplittableRandom random) {
        var done = new Done(id, begun, 0, new HashMap<>(), new TreeMap<>());
        for (int step = 1 + random.nextInt(4); step > 0; step--) {
            if (random.nextInt(3) == 0) {
                scan(tx, done, random);
            } else {
                int row = random.nextInt(KEYS);
                int[] list = list(tx.get(name(row)));
                if (!done.written().containsKey(row)) {
                    done.read().put(row, list);
                }
                if (random.nextBoolean() && !done.written().containsKey(row)) {
                    done.written().put(row, list);
                    tx.put(name(row), appended(list, id));
                }
            }
            Thread.yield();
        }
        return done;
    }

    private static void scan(Tx tx, Done done, SplittableRandom random) {
        int from = random.nextInt(KEYS);
        int to = from + random.nextInt(KEYS - from) + 1;
        var found = new HashMap<Integer, int[]>();
        for (Tx.Cursor rows = tx.range(name(from), name(to), random.nextBoolean()); rows.next(); ) {
            found.put(Integer.parseInt(Rows.text(rows.key()).substring(1)), list(rows.value()));
        }
        for (int row = from; row < to; row++) {
            if (!done.written().containsKey(row)) {
                done.read().put(row, found.getOrDefault(row, new int[0]));
            }
        }
    }

    private void check(List<Done> all) {
        Map<Integer, Integer> place = new HashMap<>();
        all.forEach(done -> place.put(done.id(), place.size()));
        boolean[][] before = new boolean[all.size()][all.size()];
        for (int row = 0; row < KEYS; row++) {
            byte[] name = name(row);
            int[] order = store.transact(Store.Origin.NONE, tx -> list(tx.get(name)));
            for (Done done : all) {
                int[] read = done.read().get(row);
                if (read != null) {
                    assertThat(Arrays.copyOf(order, read.length))
                            .as("seed %d: transaction %d read what never was", seed, done.id())
                            .isEqualTo(read);
                    link(before, place, done.id(), order, read.length);
                }
                if (done.written().containsKey(row)) {
                    assertThat(order).as("seed %d: a write was lost", seed).contains(done.id());
                }
            }
        }
        for (Done one : all) {
            for (Done other : all) {
                if (one.ended() < other.begun()) {
                    before[place(place, one.id())][place(place, other.id())] = true;
                }
            }
        }
        assertAcyclic(before);
    }

    /// A reading of `length` writes comes after the last of them and before the next.
    private static void link(boolean[][] before, Map<Integer, Integer> place, int reader, int[] order, int length) {
        if (length > 0) {
            before[place(place, order[length - 1])][place(place, reader)] = true;
        }
        if (length < order.length && order[length] != reader) {
            before[place(place, reader)][place(place, order[length])] = true;
        }
    }

    private static int place(Map<Integer, Integer> place, int id) {
        return place.getOrDefault(id, -1);
    }

    private void assertAcyclic(boolean[][] before) {
        int[] earlier = new int[before.length];
        var free = new ArrayList<Integer>();
        for (int i = 0; i < before.length; i++) {
            for (boolean[] row : before) {
                earlier[i] += row[i] ? 1 : 0;
            }
            if (earlier[i] == 0) {
                free.add(i);
            }
        }
        int ordered = 0;
        while (!free.isEmpty()) {
            int next = free.removeLast();
            ordered++;
            for (int i = 0; i < before.length; i++) {
                if (before[next][i] && --earlier[i] == 0) {
                    free.add(i);
                }
            }
        }
        assertThat(ordered).as("seed %d: transactions that have an order", seed).isEqualTo(before.length);
    }

    private static byte[] name(int row) {
        return key("k%02d".formatted(row));
    }

    private static int[] list(byte @Nullable [] value) {
        if (value == null) {
            return new int[0];
        }
        int[] list = new int[value.length / 4];
        ByteBuffer.wrap(value).asIntBuffer().get(list);
        return list;
    }

    private static byte[] appended(int[] list, int id) {
        ByteBuffer value = ByteBuffer.allocate(4 * list.length + 4);
        value.asIntBuffer().put(list).put(id);
        return value.array();
    }
}
