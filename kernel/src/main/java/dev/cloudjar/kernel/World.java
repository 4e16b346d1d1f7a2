package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Call.Request;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.kernel.store.Versions;
import dev.cloudjar.model.Blob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One simulated AWS: its accounts and regions, store, clock, ids and services. Several live in one JVM and know
/// nothing of each other.
public final class World implements AutoCloseable {
    /// How a world behaves. `account` and `region` are what calls get that name none; `seed` makes ids
    /// repeatable; `log` hears what an operator should know. The `masterKey` seals secrets; a world that is given
    /// none makes one and keeps it beside its store. What changes in IAM is seen after `propagation`.
    public record Settings(
            String account,
            String region,
            boolean realisticDelays,
            Durability durability,
            OptionalLong seed,
            Consumer<String> log,
            Optional<Blob> masterKey,
            Duration propagation) {
        public static final Settings DEFAULT = new Settings(
                "000000000000",
                "us-east-1",
                false,
                Durability.OS,
                OptionalLong.empty(),
                _ -> {},
                Optional.empty(),
                Duration.ZERO);

        private Settings with(Blob key) {
            return new Settings(account, region, realisticDelays, durability, seed, log, Optional.of(key), propagation);
        }
    }

    private final Settings settings;
    private final Home home;
    private final Roster roster;
    private final InstantSource realClock = InstantSource.system();
    private final Time time = new Time(realClock);
    private final Transactions transactions;
    private final Ids ids;
    private final Meter meter = new Meter();
    private final Agenda agenda;
    private final Deliveries deliveries;
    private final Events events = new Events(this);
    private final Tables tables = new Tables();
    private final Lots lots = new Lots(this);
    private final Expiry expiry;
    private final Failures failures;
    private final WorldSecrets secrets;
    private final Tokens tokens;
    private final Vault vault;
    private final WorldKeys keys;
    private final Blobs blobs;
    private final BlobRows blobRows;
    private final Collector collector;
    private final WorldClock clock;
    private volatile Policy policy = Policy.ALLOW;

    private World(Settings settings, List<Service.Entry> services, Home home) {
        this.settings = settings;
        this.home = home;
        this.roster = new Roster(this, services);
        this.transactions = new Transactions(home.store());
        this.ids = ids(settings, home.store(), realClock);
        Instant made = settings.seed().isPresent() ? Instant.EPOCH : time.now();
        this.secrets = new WorldSecrets(transactions, ids, made);
        this.tokens = new Tokens(background(() -> secrets.of("tokens")));
        this.vault = new Vault(() -> settings.masterKey().orElseGet(() -> home.masterKey(ids)), ids);
        this.keys = new WorldKeys(background(() -> secrets.of("keys")), ids);
        this.blobRows = new BlobRows(transactions);
        this.blobs = new Blobs(home.blobs(settings.durability() == Durability.FSYNC), home.arriving(), ids, blobRows);
        this.collector = new Collector(this, blobs, blobRows);
        this.deliveries = new Deliveries(this);
        this.expiry = new Expiry(this);
        this.failures = new Failures(this);
        this.agenda = new Agenda(this);
        this.clock = new WorldClock(this, realClock);
        clock.resume();
        if (home.store().node().isPresent()) {
            clock.follow();
            secrets.watch(() -> Thread.ofVirtual().start(this::refresh));
        }
        agenda.start();
        collector.start();
    }

    private static Ids ids(Settings settings, Store store, InstantSource clock) {
        if (settings.seed().isPresent()) {
            return Ids.seeded(settings.seed().getAsLong(), store.sequence());
        }
        return store.node().isPresent() ? Ids.secure(clock, store.node().getAsInt()) : Ids.secure(clock);
    }

    /// A world whose rows are in `store`, which other nodes may share, and whose blobs are in `directory`,
    /// which all of them see.
    public static World over(Store store, Path directory, Settings settings, List<Service.Entry> services) {
        return over(store, new Shared(directory, Optional.empty()), settings, services);
    }

    /// What nodes share besides their rows: a directory for the keys of the world, and where the blobs are if not
    /// there as well.
    public record Shared(Path directory, Optional<BlobStore> blobs) {}

    public static World over(Store store, Shared shared, Settings settings, List<Service.Entry> services) {
        return new World(settings, services, Home.shared(store, shared.directory(), shared.blobs()));
    }

    /// A world that ends with the process and leaves nothing behind.
    public static World inMemory(Settings settings, List<Service.Entry> services) {
        return new World(settings, services, Home.temporary(TreeStore.inMemory()));
    }

    /// A world kept in `directory`. Only one process may have it open.
    public static World open(Path directory, Settings settings, List<Service.Entry> services) {
        Home home = Home.open(directory, settings);
        boolean opened = false;
        try {
            var world = new World(settings, services, home);
            opened = true;
            return world;
        } finally {
            if (!opened) {
                home.close();
            }
        }
    }

    public Settings settings() {
        return settings;
    }

    public Time time() {
        return time;
    }

    public Ids ids() {
        return ids;
    }

    public Meter meter() {
        return meter;
    }

    public Store store() {
        return home.store();
    }

    public Tokens tokens() {
        return tokens;
    }

    Vault vault() {
        return vault;
    }

    /// Encryption keys: those of the service that offers them, else the world's own.
    Keys keys() {
        return port(Keys.class).orElse(keys);
    }

    /// What a service offers to all others under the interface `port`; nothing in a world without such a service.
    public <P> Optional<P> port(Class<P> port) {
        return roster.port(port);
    }

    /// Who judges calls; until somebody is made judge, everything is allowed.
    public Policy policy() {
        return policy;
    }

    public void judgedBy(Policy judge) {
        policy = judge;
    }

    Agenda agenda() {
        return agenda;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Events events() {
        return events;
    }

    Blobs blobs() {
        return blobs;
    }

    Collector collector() {
        return collector;
    }

    /// Reads every blob that a row names, and tells of those that are not there or not as they were.
    public void verifyBlobs(Consumer<Blobs.Ref> damaged) {
        background(() -> collector.verify(damaged));
    }

    Transactions transactions() {
        return transactions;
    }

    Tables tables() {
        return tables;
    }

    Lots lots() {
        return lots;
    }

    Expiry expiry() {
        return expiry;
    }

    /// What has been given up.
    public Failures failures() {
        return failures;
    }

    Roster roster() {
        return roster;
    }

    /// The service called `id` with its operations bound, made now if this is its first call; nothing where it is
    /// not built yet.
    public Optional<Bound> service(String id) {
        return roster.service(id);
    }

    /// The versions of this world.
    public Snapshots snapshots() {
        return new Snapshots(this, versions());
    }

    private Versions versions() {
        return store().versions();
    }

    /// The digest of all rows: the same where and only where the state is.
    public String digest() {
        return versions().now().digest();
    }

    /// A world of its own that begins with the rows of a snapshot of this one, and ends with the process.
    public World branch(String snapshot) {
        Version from = snapshots().version(snapshot);
        Home other = Home.temporary(TreeStore.inMemory(from));
        Settings same = settings.masterKey().isPresent() ? settings : settings.with(home.masterKey(ids));
        World branch = new World(same, roster.entries(), other);
        blobs.lend(other.ownBlobs(), BlobRows.in(from));
        return branch;
    }

    /// The same, but kept in `directory`, from where [#reopen] has it again.
    public World branch(String snapshot, Path directory) {
        Version from = snapshots().version(snapshot);
        Home.begin(directory, from, settings.masterKey().orElseGet(() -> home.masterKey(ids)));
        blobs.lend(Home.blobs(directory, settings.durability() == Durability.FSYNC), BlobRows.in(from));
        return reopen(directory);
    }

    /// A world with the services and settings of this one, as it is kept in `directory`.
    public World reopen(Path directory) {
        return open(directory, settings, roster.entries());
    }

    /// Where the world is kept; nothing where it keeps nothing by itself.
    public Optional<Path> directory() {
        return home.directory();
    }

    /// Takes notice that other rows stand in the store: those of another version than `before`.
    void reloaded(Version before) {
        refresh();
        clock.resume();
        background(() -> {
            if (home.store().node().isPresent()) {
                transactions.inherit(before);
            }
            blobRows.inherit(before);
            return before;
        });
    }

    /// Reads anew what it remembers of the rows: another node may have put others in their place.
    private void refresh() {
        try {
            transactions.forget();
            tokens.use(background(() -> secrets.of("tokens")));
            keys.use(background(() -> secrets.of("keys")));
        } catch (StoreException lost) {
            settings.log().accept("the world's secrets were not read again: " + lost.getMessage());
        }
    }

    /// A call that a service makes in its own name.
    Call call(String service, String account, String region) {
        return call(service, account, region, ids.uuid());
    }

    private Call call(String service, String account, String region, String id) {
        var request = new Request(service, "", id, time.now(), "http://localhost:4566");
        return Call.of(Principal.service(service), account, region, request);
    }

    /// Runs `work` as the kernel itself, in a transaction.
    public <R> R asKernel(Supplier<R> work) {
        return background(() -> transactions.run(work));
    }

    /// Runs `work` in the current call's transaction, or in one of its own. It may run more than once.
    public <R> R transact(Supplier<R> work) {
        return transactions.run(work);
    }

    /// Rows of the kernel's own, of the whole world, in the table `kernel.` and `name`.
    public <K, V extends Row<K>> Table<K, V> table(String name, Class<V> rows) {
        return new Table<>(transactions, "kernel." + name, rows, Scope.WORLD);
    }

    /// Runs `work` as the kernel itself: a call without an id of its own, since the agenda's thread would take
    /// ids between those that a seed promises to callers.
    <R> R background(Supplier<R> work) {
        return call("cloudjar", settings.account(), settings.region(), "").run(work::get);
    }

    /// When the world began.
    Instant began() {
        return secrets.began();
    }

    /// Stops the clock where it is.
    public void freezeClock() {
        clock.scale(0);
    }

    /// Lets `scale` seconds pass for each real one from now on; 1 is the real pace.
    public void scaleClock(double scale) {
        clock.scale(scale);
    }

    /// Lets the clock follow the real one again, without an offset.
    public void resetClock() {
        clock.follow(Time.Pace.REAL);
    }

    /// Moves the clock to `then`. On the way there, everything on the agenda happens in order and at its time; a
    /// clock moved back just shows the earlier time.
    public void setClock(Instant then) {
        clock.move(_ -> then);
    }

    public void advanceClock(Duration by) {
        clock.move(now -> now.plus(by));
    }

    /// Empties the world: no account has anything any more. The clock goes back to the real one.
    public void reset() {
        resetClock();
        boolean more = true;
        while (more) {
            more = background(transactions::deleteSome);
        }
        background(() -> blobs.discardAll());
        meter.reset();
        tables.tallies().forEach(Tally::clear);
        events.reset();
    }

    @Override
    public void close() {
        agenda.close();
        tables.tallies().forEach(Tally::close);
        collector.close();
        home.close();
    }
}
