package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;

import dev.cloudjar.kernel.store.Chronology.Done;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Random concurrent transactions whose every reading is checked by a [Chronology].
final class Histories {
    private static final int KEYS = 24;
    private static final int THREADS = 8;
    private static final int EACH = 60;

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
        check();
    }

    private Done transaction(long program) {
        int id = ids.incrementAndGet();
        int begun = ticks.incrementAndGet();
        Done done = store.transact(Store.Origin.NONE, tx -> body(tx, id, begun, new SplittableRandom(program)));
        return new Done(id, begun, ticks.incrementAndGet(), done.read(), done.written());
    }

    private Done body(Tx tx, int id, int begun, SplittableRandom random) {
        var done = new Done(id, begun, 0, new HashMap<>(), new HashSet<>());
        for (int step = 1 + random.nextInt(4); step > 0; step--) {
            if (random.nextInt(3) == 0) {
                scan(tx, done, random);
            } else {
                int row = random.nextInt(KEYS);
                int[] list = list(tx.get(name(row)));
                if (!done.written().contains(row)) {
                    done.read().put(row, list);
                }
                if (random.nextBoolean() && !done.written().contains(row)) {
                    done.written().add(row);
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
            if (!done.written().contains(row)) {
                done.read().put(row, found.getOrDefault(row, new int[0]));
            }
        }
    }

    private void check() {
        var chronology = new Chronology("seed " + seed, history);
        for (int row = 0; row < KEYS; row++) {
            byte[] name = name(row);
            chronology.row(row, store.transact(Store.Origin.NONE, tx -> list(tx.get(name))));
        }
        chronology.check();
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
