package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.wire.netty.FrontDoor;
import dev.cloudjar.wire.netty.Settings;
import dev.cloudjar.wire.tls.KeySource;
import dev.cloudjar.wire.tls.LocalCa;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The program. `start` runs a cloud until it is told to stop; `trust` prints the certificate of the local
/// authority.
public final class Cloudjar {
    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource clock = InstantSource.system();

    private Cloudjar(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// Arguments as `./cloudjar --help` lists them; the exit status is 2 for a misuse, 1 for a failure.
    public static void main(String[] arguments) {
        int status = new Cloudjar(System.out, System.err).run(Arrays.asList(arguments), System.getenv());
        if (status != 0) {
            System.exit(status);
        }
    }

    private int run(List<String> arguments, Map<String, String> environment) {
        try {
            String command = arguments.isEmpty() ? "start" : arguments.getFirst();
            Options options = Options.parse(arguments.stream().skip(1).toList(), environment);
            switch (command) {
                case "start" -> start(options, environment);
                case "trust" -> out.print(LocalCa.open(tls(options), clock).certificatePem());
                default -> throw new Options.Misuse("There is no command '" + command + "'.");
            }
            return 0;
        } catch (Options.Misuse misuse) {
            err.println("cloudjar: " + misuse.getMessage());
            return 2;
        } catch (BindException taken) {
            err.println(
                    "cloudjar: " + taken.getMessage() + ". Stop what uses the port, or choose another with --port.");
            return 1;
        } catch (StoreException | IOException failure) {
            err.println("cloudjar: " + failure.getMessage());
            return 1;
        }
    }

    private void start(Options options, Map<String, String> environment) throws IOException {
        World world = world(options);
        var root = RootKey.find(options, environment, world.ids());
        var server = new Server(world, options, root, this::report);
        FrontDoor door;
        try {
            door = FrontDoor.open(settings(options), server);
        } catch (IOException e) {
            world.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            door.close();
            world.close();
        }));
        if (options.flags().train()) {
            Training.run(door.port());
            System.exit(0);
        }
        root.announce(out);
        announce(options, door);
    }

    private World world(Options options) {
        var settings = new World.Settings(
                options.identity().account(),
                options.identity().region(),
                options.flags().realisticDelays(),
                options.durability(),
                OptionalLong.empty(),
                err::println);
        return options.data().isPresent()
                ? World.open(options.data().get(), settings, Services.ALL)
                : World.inMemory(settings, Services.ALL);
    }

    private Settings settings(Options options) {
        KeySource keys = new LazyAuthority(tls(options), clock);
        return Settings.on(options.address().host(), options.address().port(), clock, this::report)
                .withTls(keys);
    }

    private static Path tls(Options options) {
        return options.data()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cloudjar"))
                .resolve("tls");
    }

    private void report(Throwable failure) {
        failure.printStackTrace(err);
    }

    private void announce(Options options, FrontDoor door) {
        String where = options.data()
                .map(data -> "data in " + data.toAbsolutePath().normalize())
                .orElse("in memory");
        Duration took = ProcessHandle.current()
                .info()
                .startInstant()
                .map(started -> Duration.between(started, clock.instant()))
                .orElse(Duration.ZERO);
        String host = options.address().host();
        out.println("Cloudjar is ready at http://" + (host.equals("127.0.0.1") ? "localhost" : host) + ":" + door.port()
                + " (" + where + ", started in " + took.toMillis() + " ms)");
    }
}
