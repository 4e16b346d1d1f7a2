package dev.cloudjar.wire.fault;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.wire.fault.Fault.Refused;
import dev.cloudjar.wire.fault.Fault.Reset;
import dev.cloudjar.wire.fault.Fault.Slow;
import dev.cloudjar.wire.fault.Fault.Throttled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The faults of a world, which last as long as its state does. A call without any pays for one look at a list.
public final class Faults {
    private static final int SERVER_ERROR = 500;

    /// How many calls a fault has been asked about, and how many it has hit.
    private static final class Count {
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong hit = new AtomicLong();
    }

    private final World world;
    private final Table<String, Fault> table;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    /// Nothing where it has to be read again, which is not for the thread that commits.
    private volatile Optional<List<Fault>> current;

    public Faults(World world) {
        this.world = world;
        this.table = world.table("faults", Fault.class);
        this.current = Optional.empty();
        table.watch(() -> current = Optional.empty());
    }

    private List<Fault> faults() {
        Optional<List<Fault>> known = current;
        if (known.isEmpty()) {
            known = Optional.of(world.asKernel(() -> table.rows(Span.ALL).toList()));
            current = known;
        }
        return known.get();
    }

    public boolean isEmpty() {
        return faults().isEmpty();
    }

    /// All faults, with how often each has hit.
    public Map<Fault, Long> all() {
        return world.asKernel(() -> table.rows(Span.ALL)
                .collect(Collectors.toMap(
                        Function.identity(), fault -> count(fault).hit.get(), (one, _) -> one, LinkedHashMap::new)));
    }

    public void add(Fault fault) {
        counts.remove(fault.key());
        world.asKernel(() -> table.put(fault));
    }

    /// False where there is none.
    public boolean remove(String key) {
        return world.asKernel(() -> table.remove(key));
    }

    /// Lets the call go wrong if a fault says so: throws the error, holds it up, or hangs up.
    public void strike(OperationSchema operation, Call call, Optional<String> resource) {
        for (Fault fault : faults()) {
            if (fault.target().has(operation, call, resource) && isHit(fault)) {
                strike(fault, operation);
            }
        }
    }

    private boolean isHit(Fault fault) {
        Count count = count(fault);
        boolean left =
                fault.chance().times() == 0 || count.hit.get() < fault.chance().times();
        boolean hit = left && fault.chance().hits(count.asked.getAndIncrement());
        if (hit) {
            count.hit.incrementAndGet();
        }
        return hit;
    }

    private Count count(Fault fault) {
        return counts.computeIfAbsent(fault.key(), _ -> new Count());
    }

    private void strike(Fault fault, OperationSchema operation) {
        switch (fault.effect()) {
            case Refused refused -> throw error(refused, operation);
            case Throttled _ -> throw TooMany.error(operation);
            case Slow slow -> world.time().hold(slow.by());
            case Reset _ -> throw new HungUp();
        }
    }

    private static AwsError error(Refused refused, OperationSchema operation) {
        return operation.errors().stream()
                .filter(shape -> shape.name().equals(refused.code()) || isCode(shape, refused.code()))
                .findFirst()
                .map(AwsError.Code::of)
                .orElseGet(() -> AwsError.Code.of(refused.code(), refused.status()))
                .because("%s", refused.message());
    }

    private static boolean isCode(StructShape shape, String code) {
        return shape.error()
                .filter(facts -> facts.code().equals(code) || facts.queryCode().equals(code))
                .isPresent();
    }

    /// The status of an error for which none is given: a code of the server's is one of 500.
    public static int status(String code) {
        return switch (code) {
            case "InternalError", "InternalFailure", "InternalServerError", "InternalServerException" -> SERVER_ERROR;
            case "ServiceUnavailable", "ServiceUnavailableException", "Unavailable" -> SERVER_ERROR + 3;
            default -> 400;
        };
    }
}
