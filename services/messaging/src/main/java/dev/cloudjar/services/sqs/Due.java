package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// A line of the index from which receivers take: from when on a message, or the first of a group's, may be had.
/// Its first rows are the next to be received, however many wait behind them.
///
/// @param sent when the message was sent, which with the number in the key finds it
/// @param group the group, or nothing for a message that stands by itself
record Due(Key key, Instant sent, String group) implements Row<Due.Key> {
    record Key(Lot lot, Lane lane, Instant at, long turn) {}

    /// The separate queues within a queue.
    enum Lane {
        /// Messages that stand by themselves and were never received.
        WAITING,
        /// Messages that were received and not deleted, by when they are seen again.
        TAKEN,
        /// Groups of which nothing is in flight: in a FIFO queue by when their first message was sent, in a
        /// standard queue by when they were served last.
        GROUPS,
        /// Groups of a FIFO queue that have messages in flight, by when the last of these is seen again.
        BLOCKED
    }

    SentMessage.Key message() {
        return new SentMessage.Key(key.lot(), sent, key.turn());
    }
}
