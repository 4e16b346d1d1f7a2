package dev.cloudjar.app;

import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.wire.netty.FrontDoor;
import dev.cloudjar.wire.netty.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A running cloud: a world with every service, behind a front door. Several may run in one JVM.
public final class Cloud implements AutoCloseable {
    /// Who hears what an operator should know, and what is our fault.
    record Ears(Consumer<String> log, Consumer<Throwable> failures) {}

    private final World world;
    private final FrontDoor door;
    private final RootKey root;

    private Cloud(World world, FrontDoor door, RootKey root) {
        this.world = world;
        this.door = door;
        this.root = root;
    }

    /// Starts a cloud as `cloudjar start` would with these arguments and this environment. `log` hears what an
    /// operator should know, `failures` what is our fault.
    public static Cloud start(
            List<String> arguments, Map<String, String> environment, Consumer<String> log, Consumer<Throwable> failures)
            throws IOException {
        return start(Options.parse(arguments, environment), environment, Services.ALL, new Ears(log, failures));
    }

    /// The same with other services than those of [Services].
    public static Cloud of(List<Service.Entry> services, List<String> arguments, Consumer<Throwable> failures)
            throws IOException {
        return start(Options.parse(arguments, Map.of()), Map.of(), services, new Ears(_ -> {}, failures));
    }

    static Cloud start(Options options, Map<String, String> environment, List<Service.Entry> services, Ears ears)
            throws IOException {
        Consumer<Throwable> failures = ears.failures();
        World world = world(options, services, ears.log());
        try {
            var root = RootKey.find(options, environment, world.ids());
            var server = new Server(world, options, root, failures);
            return new Cloud(world, FrontDoor.open(settings(options, failures), server), root);
        } catch (IOException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private static World world(Options options, List<Service.Entry> services, Consumer<String> log) {
        var settings = new World.Settings(
                options.identity().account(),
                options.identity().region(),
                options.flags().realisticDelays(),
                options.durability(),
                OptionalLong.empty(),
                log);
        return options.data().isPresent()
                ? World.open(options.data().get(), settings, services)
                : World.inMemory(settings, services);
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

    public int port() {
        return door.port();
    }

    public World world() {
        return world;
    }

    void announceRootKey(PrintStream out) {
        root.announce(out);
    }

    /// Lets running requests end, then closes the world.
    @Override
    public void close() {
        door.close();
        world.close();
    }
}
