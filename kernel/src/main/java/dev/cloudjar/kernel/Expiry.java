package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Knows which rows end when, and sweeps away those whose time is over.
///
/// Each expiring row has a line here, in the order of time. A sweep comes at the end of a minute in which rows
/// of a table end, so what it costs depends on the rows that end, never on those that live.
final class Expiry {
    static final String TASK = "expire";

    private static final int AT_ONCE = 1_000;
    private static final long BEAT = Duration.ofMinutes(1).toSeconds();

    /// When a row of a table ends, and in whose account and region it is.
    record End(Key key, String account, String region) implements Row<End.Key> {
        record Key(String table, Instant at, Blob row) {}
    }

    /// That a table is to be swept at an instant.
    record Sweep(Key key) implements Row<Sweep.Key> {
        record Key(String table, Instant at) {}
    }

    private final World world;
    private final Table<End.Key, End> ends;
    private final Table<Sweep.Key, Sweep> sweeps;

    Expiry(World world) {
        this.world = world;
        this.ends = new Table<>(world.transactions(), "kernel.ends", End.class, Scope.WORLD);
        this.sweeps = new Table<>(world.transactions(), "kernel.sweeps", Sweep.class, Scope.WORLD);
    }

    Instant now() {
        return world.time().now();
    }

    void add(String table, Instant at, byte[] row) {
        Call call = Call.current();
        ends.put(new End(new End.Key(table, at, Blob.of(row)), call.account(), call.region()));
        Instant now = now();
        Instant beat = beat(at.isAfter(now) ? at : now);
        if (sweeps.create(new Sweep(new Sweep.Key(table, beat)))) {
            world.agenda().at(beat, Deliveries.SERVICE, TASK, table);
        }
    }

    void remove(String table, Instant at, byte[] row) {
        ends.remove(new End.Key(table, at, Blob.of(row)));
    }

    /// The keys of the rows of `table` that have ended and have not been swept away yet.
    List<byte[]> over(String table) {
        return ends.rows(over(table, now())).map(end -> end.key().row().bytes()).toList();
    }

    private static Span over(String table, Instant now) {
        return Span.under(table).until(now.plusNanos(1));
    }

    /// The first full minute from `at` on.
    private static Instant beat(Instant at) {
        long second = at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
        return Instant.ofEpochSecond(Math.ceilDiv(second, BEAT) * BEAT);
    }

    Consumer<String> task() {
        return name -> {
            Instant now = now();
            List<Sweep> done = sweeps.rows(over(name, now)).toList();
            done.forEach(sweep -> sweeps.remove(sweep.key()));
            world.service(name.substring(0, name.indexOf('.')));
            List<End> over = ends.rows(over(name, now)).limit(AT_ONCE).toList();
            over.forEach(end -> {
                ends.remove(end.key());
                world.tables()
                        .find(name)
                        .ifPresent(table -> Call.current()
                                .in(end.account(), end.region())
                                .run(() -> table.expire(end.key().row().bytes())));
            });
            if (over.size() == AT_ONCE) {
                world.agenda().at(now, Deliveries.SERVICE, TASK, name);
            }
        };
    }
}
