package dev.cloudjar.services.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/// The shards of a stream: one for each four hours, the child of the one before it. Sequence numbers rise from
/// each to the next, and tell the shard.
record Shards(TableStream stream, Instant now) {
    private static final long IN_WINDOW = 1_000_000_000_000L;
    private static final String ID = "shardId-";

    private long first() {
        long oldest = Changes.window(now.minus(Changes.STREAMED));
        return Math.max(Changes.window(stream.created()), oldest);
    }

    private long last() {
        return Changes.window(stream.close().map(TableStream.Close::at).orElse(now));
    }

    /// The windows whose changes can still be read.
    List<Long> windows() {
        return LongStream.rangeClosed(first(), last()).boxed().toList();
    }

    boolean isClosed(long window) {
        return window < last() || stream.close().isPresent();
    }

    /// The id has the shard's first millisecond, as AWS's have.
    String id(long window) {
        long millis = window * Changes.WINDOW * 1000;
        int mark = Long.hashCode(stream.lot().number() * 31 + window);
        return String.format(Locale.ROOT, "%s%020d-%08x", ID, millis, mark);
    }

    Optional<Long> window(String id) {
        return windows().stream().filter(window -> id(window).equals(id)).findFirst();
    }

    Optional<String> parent(long window) {
        return window > Changes.window(stream.created()) ? Optional.of(id(window - 1)) : Optional.empty();
    }

    static String number(long window, long sequence) {
        return String.format(Locale.ROOT, "1%020d", window * IN_WINDOW + sequence);
    }

    /// The number of the change that `number` tells, in `window`: the first where it is of an earlier one.
    static Optional<Long> sequence(String number, long window) {
        if (number.length() > 21 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long value = Long.parseLong(number.length() == 21 ? number.substring(1) : number);
        return Optional.of(value - window * IN_WINDOW).filter(sequence -> sequence >= 0 && sequence < IN_WINDOW);
    }
}
