package dev.cloudjar.kernel;

import dev.cloudjar.model.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A service of rows that expire, in lots, in a world whose clock stands still. It notes what it is told of the
/// end of rows.
final class Sessions implements Service, AutoCloseable {
    static final String ID = "sessions";

    /// A session: whose, and until when it lives, if it ends.
    record Session(Key key, Optional<Instant> until) implements Expiring<Session.Key> {
        record Key(Lot lot, String user) {}
    }

    /// That a session has ended, as the owner was told.
    record Farewell(Long key, String user) implements Row<Long> {}

    final World world;
    final Kernel kernel;
    final Table<Session.Key, Session> sessions;
    final Table<Long, Farewell> farewells;

    private Sessions(World world, Kernel kernel) {
        this.world = world;
        this.kernel = kernel;
        this.farewells = kernel.table(Farewell.class);
        this.sessions = kernel.table(Session.class, Scope.REGION, this::ended);
    }

    static Sessions inMemory() {
        List<Kernel> kernels = new ArrayList<>();
        List<Sessions> made = new ArrayList<>();
        World world = World.inMemory(Calls.settings(_ -> {}), List.of(new Service.Entry(ID, kernel -> {
            kernels.add(kernel);
            return made.getFirst();
        })));
        world.freezeClock();
        made.add(new Sessions(world, new Kernel(world, ID)));
        return made.getFirst();
    }

    private void ended(Session session) {
        farewells.put(new Farewell(kernel.ids().sequence(), session.key().user()));
    }

    @Override
    public List<Api> parts() {
        return List.of(new Notes.NotesApi() {});
    }

    <R> R in(Supplier<R> work) {
        return Calls.as(() -> kernel.transact(work));
    }

    Session put(Lot lot, String user, Duration life) {
        return put(lot, user, Optional.of(world.time().now().plus(life)));
    }

    Session put(Lot lot, String user, Optional<Instant> until) {
        return in(() -> sessions.put(new Session(new Session.Key(lot, user), until)));
    }

    List<String> users(Lot lot) {
        return in(() -> sessions.rows(Span.under(lot)).map(s -> s.key().user()).toList());
    }

    List<String> farewells() {
        return in(() -> farewells.rows(Span.ALL).map(Farewell::user).toList());
    }

    /// How many rows a table has in the store, whether a read sees them or not.
    long stored(Class<? extends Row<?>> rows) {
        String name =
                rows == Session.class ? ID + ".Session" : "kernel." + (rows == Expiry.End.class ? "ends" : "sweeps");
        return in(() -> world.transactions().in(tx -> {
            byte[] prefix = dev.cloudjar.kernel.codec.KeyCodec.encode(new byte[0], name);
            return tx.count(prefix, dev.cloudjar.kernel.store.Keys.after(prefix));
        }));
    }

    @Override
    public void close() {
        world.close();
    }
}
