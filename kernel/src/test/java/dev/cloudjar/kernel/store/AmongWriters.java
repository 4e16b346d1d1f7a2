package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;
import static dev.cloudjar.kernel.store.Rows.number;

import dev.cloudjar.kernel.store.Store.Origin;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts how often bodies ran that others were in the way of.
final class AmongWriters {
    private static final int WRITERS = 8;
    private static final int ROWS = 40;
    private static final int SUMS = 20;

    private final Store store;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    AmongWriters(Store store) {
        this.store = store;
    }

    /// The most runs that one took of so many writers who each count a row up so often.
    static int ofOneRow(Store store, String row, int writers, int often) {
        var most = new AtomicInteger();
        Together.run(writers, _ -> {
            for (int i = 0; i < often; i++) {
                var runs = new AtomicInteger();
                store.transact(Origin.NONE, tx -> {
                    runs.incrementAndGet();
                    long before = number(tx.get(key(row)));
                    Thread.yield();
                    tx.put(key(row), number(before + 1));
                    return before;
                });
                most.accumulateAndGet(runs.get(), Math::max);
            }
        });
        return most.get();
    }

    /// The most runs that a sum over many rows took, with others who write those rows without a pause.
    int ofSums() {
        Together.run(WRITERS + 1, random -> {
            if (started.getAndIncrement() == 0) {
                read();
            } else {
                write(random);
            }
        });
        return most.get();
    }

    private void read() {
        try {
            for (int i = 0; i < SUMS; i++) {
                most.accumulateAndGet(runsOfSum(), Math::max);
            }
        } finally {
            done.set(true);
        }
    }

    private void write(SplittableRandom random) {
        while (!done.get()) {
            StoreContract.add(store, "row-" + random.nextInt(ROWS), 1);
        }
    }

    private int runsOfSum() {
        var runs = new AtomicInteger();
        store.transact(Origin.NONE, tx -> {
            runs.incrementAndGet();
            long sum = 0;
            for (Tx.Cursor rows = tx.range(key("row-"), key("row-~"), false); rows.next(); ) {
                sum += number(rows.value());
            }
            tx.put(key("sum"), number(sum));
            return sum;
        });
        return runs.get();
    }
}
