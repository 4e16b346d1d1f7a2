package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Sums that are added to too often for a transaction each time: gathered in memory, and set down in rows every
/// few seconds, every few thousand additions, and when the world closes. A process that is killed takes with it
/// what was not set down yet.
public final class Tally {
    private static final Duration GATHERED = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /// One sum, and until when it is kept.
    record Sum(Key key, long sum, Instant end) implements Expiring<Sum.Key> {
        record Key(String subject, String name) {}

        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }
    }

    private final World world;
    private final Table<Sum.Key, Sum> sums;
    private final Duration kept;
    private final Map<Sum.Key, Long> gathered = new ConcurrentHashMap<>();
    private final AtomicInteger additions = new AtomicInteger();
    private final AtomicReference<Instant> due = new AtomicReference<>(Instant.EPOCH);

    Tally(World world, String name, Duration kept) {
        this.world = world;
        this.sums = Table.of(world, name, Sum.class, Scope.WORLD, Optional.empty());
        this.kept = kept;
    }

    /// Adds to the sum `name` of `subject`. Not to be called in a transaction.
    public void add(String subject, String name, long quantity) {
        gathered.merge(new Sum.Key(subject, name), quantity, Long::sum);
        Instant now = world.time().now();
        Instant next = due.get();
        boolean many = additions.incrementAndGet() >= MOST;
        if ((many || !now.isBefore(next)) && due.compareAndSet(next, now.plus(GATHERED))) {
            setDown();
        }
    }

    /// Sets down what is gathered. Not to be called in a transaction.
    public void setDown() {
        additions.set(0);
        if (gathered.isEmpty()) {
            return;
        }
        Map<Sum.Key, Long> taken = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        gathered.keySet()
                .forEach(key -> Optional.ofNullable(gathered.remove(key)).ifPresent(sum -> taken.put(key, sum)));
        boolean down = false;
        try {
            world.background(() -> world.transactions().run(() -> put(taken)));
            down = true;
        } finally {
            if (!down) {
                taken.forEach((key, sum) -> gathered.merge(key, sum, Long::sum));
            }
        }
    }

    private int put(Map<Sum.Key, Long> taken) {
        Instant end = world.time().now().plus(kept);
        taken.forEach((key, more) ->
                sums.put(new Sum(key, sums.find(key).map(Sum::sum).orElse(0L) + more, end)));
        return taken.size();
    }

    /// What is set down of `subject`, by name.
    public Map<String, Long> of(String subject) {
        Map<String, Long> all = new TreeMap<>();
        try (Stream<Sum> rows = sums.rows(Span.under(subject))) {
            rows.forEach(sum -> all.put(sum.key().name(), sum.sum()));
        }
        return all;
    }

    /// Sets down what is gathered if the store still takes it.
    void close() {
        try {
            setDown();
        } catch (StoreException refused) {
            world.settings().log().accept("sums were not set down: " + refused.getMessage());
        }
    }

    /// Forgets what is gathered.
    void clear() {
        gathered.clear();
    }
}
