package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What was committed in memory is there for readers at once: they have no journal to wait for.
class MemoryReadersTest {
    private static final int COMMITS = 300_000;

    @Test
    void readersBesideAWriterAlwaysGetTheirAnswer() throws Exception {
        byte[] key = {1};
        try (TreeStore store = TreeStore.inMemory()) {
            Future<Integer> writer = begin(() -> {
                int written = 0;
                for (; written < COMMITS; written++) {
                    byte[] value = {(byte) written};
                    store.transact(Store.Origin.NONE, tx -> {
                        tx.put(key, value);
                        return true;
                    });
                }
                return written;
            });
            Future<Integer> one = begin(() -> reads(store, key, writer));
            Future<Integer> other = begin(() -> reads(store, key, writer));

            assertThat(writer.get()).isEqualTo(COMMITS);
            assertThat(one.get()).isPositive();
            assertThat(other.get()).isPositive();
        }
    }

    private static Future<Integer> begin(Callable<Integer> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task;
    }

    private static int reads(TreeStore store, byte[] key, Future<?> writer) {
        int reads = 0;
        do {
            store.transact(Store.Origin.NONE, tx -> tx.get(key) != null);
            reads++;
        } while (!writer.isDone());
        return reads;
    }
}
