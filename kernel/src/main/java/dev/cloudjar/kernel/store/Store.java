package dev.cloudjar.kernel.store;

import java.util.OptionalInt;
import java.util.function.Function;

/// Ordered keys and values with serializable transactions: what every table, timer and outbox of a world stands
/// on.
public interface Store extends AutoCloseable {
    /// Runs `body` as one serializable transaction and returns what it returned, once its changes are as durable
    /// as the store promises. A body may run more than once, so it must have no effect but through its [Tx]; it
    /// must not block. What it throws ends the transaction without a change. `origin` says who did it, for the
    /// journal; it is asked when there is something to write.
    <R> R transact(Origin origin, Function<Tx, R> body);

    /// Whether a transaction that began now would read the same, all of it as durable as the store promises; a no
    /// may be wrong.
    default boolean holds(Reads reads) {
        return false;
    }

    /// Calls `changed` after each commit that wrote a key beginning with `prefix`, until the watch is closed. The
    /// call comes on the committing thread: it must be short.
    Watch watch(byte[] prefix, Runnable changed);

    /// The number of the last committed transaction.
    long sequence();

    /// Which of several processes this one is that share the store; nothing where it has the store to itself.
    default OptionalInt node() {
        return OptionalInt.empty();
    }

    /// The versions that the store can show.
    Versions versions();

    @Override
    void close();

    /// Who made a transaction, as bytes that the store keeps with it and does not understand.
    @FunctionalInterface
    interface Origin {
        Origin NONE = () -> new byte[0];

        byte[] bytes();
    }

    /// A standing wish to be told of changes.
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
