package dev.cloudjar.app;

import dev.cloudjar.kernel.BlobStore;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreEngine;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.model.Blob;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.netty.FrontDoor;
import dev.cloudjar.wire.netty.Settings;
import dev.cloudjar.wire.netty.SideDoor;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running cloud: a world with every service, behind a front door. Several may run in one JVM. An embedded
/// cloud opens no port before it is asked for one.
public final class Cloud implements AutoCloseable {
    /// Who hears what an operator should know, and what is our fault.
    record Ears(Consumer<String> log, Consumer<Throwable> failures) {}

    private final World world;
    private final Server server;
    private final SideDoor inside;
    private final Settings settings;
    private final RootKey root;
    private final InitHooks hooks;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable FrontDoor door;
    private @Nullable PlainDoor plain;

    private Cloud(World world, Server server, Settings settings, RootKey root, InitHooks hooks) {
        this.world = world;
        this.server = server;
        this.inside = new SideDoor(server, settings.clock());
        this.settings = settings;
        this.root = root;
        this.hooks = hooks;
    }

    /// Starts a cloud as `cloudjar start` would with these arguments and this environment. `log` hears what an
    /// operator should know, `failures` what is our fault.
    public static Cloud start(
            List<String> arguments, Map<String, String> environment, Consumer<String> log, Consumer<Throwable> failures)
            throws IOException {
        return start(Options.parse(arguments, environment), environment, Services.ALL, new Ears(log, failures));
    }

    /// Every service that is built, for those who put another in the place of one.
    public static List<Service.Entry> services() {
        return Services.ALL;
    }

    /// The same with other services than those of [Services].
    public static Cloud of(List<Service.Entry> services, List<String> arguments, Consumer<Throwable> failures)
            throws IOException {
        return start(Options.parse(arguments, Map.of()), Map.of(), services, new Ears(_ -> {}, failures));
    }

    /// A cloud in memory for callers in this JVM, with further options: it listens on no port until [#port] is
    /// asked for.
    public static Cloud embed(List<String> arguments, Consumer<Throwable> failures) throws IOException {
        return make(Options.inMemory(arguments), Map.of(), Services.ALL, new Ears(_ -> {}, failures));
    }

    static Cloud start(Options options, Map<String, String> environment, List<Service.Entry> services, Ears ears)
            throws IOException {
        Cloud cloud = make(options, environment, services, ears);
        boolean open = false;
        try {
            cloud.open();
            cloud.server.resumeBranches();
            open = true;
            return cloud;
        } finally {
            if (!open) {
                cloud.close();
            }
        }
    }

    private static Cloud make(Options options, Map<String, String> environment, List<Service.Entry> services, Ears ears)
            throws IOException {
        Consumer<Throwable> failures = ears.failures();
        World world = world(options, environment, services, ears.log());
        try {
            var root = RootKey.find(options, environment, world.ids());
            var hooks = new InitHooks(options, ears.log());
            var server = new Server(world, options, root, hooks, failures);
            return new Cloud(world, server, settings(options, failures), root, hooks);
        } catch (IOException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    /// A cloud over a world that is there already, on a port of its own.
    static Cloud over(World world, Options options, RootKey root, Consumer<Throwable> failures) throws IOException {
        var hooks = new InitHooks(options, _ -> {});
        var server = new Server(world, options, root, hooks, failures);
        var cloud = new Cloud(world, server, settings(options, failures), root, hooks);
        cloud.open();
        return cloud;
    }

    private static World world(
            Options options, Map<String, String> environment, List<Service.Entry> services, Consumer<String> log) {
        var settings = new World.Settings(
                options.identity().account(),
                options.identity().region(),
                options.flags().realisticDelays(),
                options.durability(),
                options.start().seed(),
                log,
                masterKey(environment),
                options.flags().propagation());
        World world = world(options, environment, settings, services);
        options.start().clock().ifPresent(then -> {
            world.freezeClock();
            world.setClock(then);
        });
        return world;
    }

    private static World world(
            Options options, Map<String, String> environment, World.Settings settings, List<Service.Entry> services) {
        if (options.data().isEmpty()) {
            return World.inMemory(settings, services);
        }
        Path data = options.data().get();
        Optional<String> store = options.start().store();
        if (store.isEmpty()) {
            return World.open(data, settings, services);
        }
        Optional<BlobStore> blobs = options.start().blobs().map(url -> BlobBucket.at(url, environment));
        return World.over(store(store.get(), settings.log()), new World.Shared(data, blobs), settings, services);
    }

    private static Store store(String url, Consumer<String> log) {
        return ServiceLoader.load(StoreEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.takes(url))
                .findFirst()
                .orElseThrow(() -> new StoreException("No store is known for " + url + "."))
                .open(url, log);
    }

    /// The master key that the environment gives, whatever its length.
    private static Optional<Blob> masterKey(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("CLOUDJAR_MASTER_KEY"))
                .filter(text -> !text.isBlank())
                .map(text -> Blob.of(Digests.sha256(text.strip())));
    }

    private static Settings settings(Options options, Consumer<Throwable> failures) {
        InstantSource clock = InstantSource.system();
        return Settings.on(options.address().host(), options.address().port(), clock, failures)
                .withTls(new LazyAuthority(tls(options), clock));
    }

    /// Where the local certificate authority of a cloud is kept.
    static Path tls(Options options) {
        return options.data()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cloudjar"))
                .resolve("tls");
    }

    /// The port at which clients reach it, opened now if none is open yet.
    public int port() {
        try {
            return open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int open() throws IOException {
        opening.lock();
        try {
            if (plain == null && door == null && PlainDoor.isNeeded()) {
                plain = PlainDoor.open(settings, server);
            }
            if (plain != null) {
                return plain.port();
            }
            FrontDoor opened = door == null ? FrontDoor.open(settings, server) : door;
            door = opened;
            return opened.port();
        } finally {
            opening.unlock();
        }
    }

    /// Answers a request of a caller in this JVM, on the caller's thread.
    public HttpResponse handle(HttpRequest request) throws IOException {
        return inside.handle(request);
    }

    /// Runs `work` of a caller in this JVM on a thread of its own, where it may wait.
    public void fork(Runnable work) {
        Thread.ofVirtual().name("caller").start(work);
    }

    public World world() {
        return world;
    }

    InitHooks hooks() {
        return hooks;
    }

    void announceRootKey(PrintStream out) {
        root.announce(out);
    }

    /// Lets running requests end, then closes the world.
    @Override
    public void close() {
        opening.lock();
        try {
            if (door != null) {
                door.close();
            }
            if (plain != null) {
                plain.close();
            }
        } finally {
            opening.unlock();
        }
        server.close();
        world.close();
    }
}
