package dev.cloudjar.wire;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.OperationSchema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The latest calls that reached an operation, in the order in which they ended: what a test asks for that
/// wants to know what was called. CloudTrail's events are another matter; these last no longer than the
/// process.
public final class CallLog {
    /// How many calls are kept.
    public static final int CAPACITY = 1024;

    /// One call. `error` is the code it was refused with, empty where it was not; `caller` is the caller's ARN,
    /// empty where the call was refused before that was known.
    public record Entry(
            String requestId,
            Instant at,
            String service,
            String operation,
            String account,
            String region,
            String caller,
            String error) {}

    private final InstantSource clock;
    private final AtomicReferenceArray<Entry> ring = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong count = new AtomicLong();

    public CallLog(InstantSource clock) {
        this.clock = clock;
    }

    void add(Exchange exchange, String error) {
        OperationSchema operation = exchange.operation();
        Optional<Call> call = exchange.made();
        ring.set(
                (int) (count.getAndIncrement() % CAPACITY),
                new Entry(
                        exchange.requestId(),
                        call.map(made -> made.request().at()).orElseGet(clock::instant),
                        operation.service().id(),
                        operation.name(),
                        call.map(Call::account).orElse(""),
                        call.map(Call::region).orElse(""),
                        call.map(Call::principal).map(Principal::arn).orElse(""),
                        error));
    }

    /// The calls that are kept, oldest first.
    public List<Entry> latest() {
        long end = count.get();
        var entries = new ArrayList<Entry>();
        for (long i = Math.max(0, end - CAPACITY); i < end; i++) {
            Entry entry = ring.get((int) (i % CAPACITY));
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /// Forgets every call.
    public void clear() {
        for (int i = 0; i < CAPACITY; i++) {
            ring.set(i, null);
        }
        count.set(0);
    }
}
