package dev.cloudjar.app;

import dev.cloudjar.kernel.Doctor;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.wire.tls.LocalCa;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The program. `start` runs a cloud until it is told to stop; `host` runs those that a test asks for; `trust`
/// prints the certificate of the local authority.
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
            return run(command, arguments.stream().skip(1).toList(), environment);
        } catch (Options.Misuse misuse) {
            err.println("cloudjar: " + misuse.getMessage());
            return 2;
        } catch (BindException taken) {
            err.println(
                    "cloudjar: " + taken.getMessage() + ". Stop what uses the port, or choose another with --port.");
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (StoreException | IOException failure) {
            err.println("cloudjar: " + failure.getMessage());
            return 1;
        }
    }

    /// Runs `command` and answers the status with which the program is to end.
    private int run(String command, List<String> rest, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (Remote.COMMANDS.contains(command)) {
            int port = Options.parse(List.of(), environment).address().port();
            new Remote(URI.create("http://localhost:" + port), out).run(command, rest);
            return 0;
        }
        if (command.equals("doctor")) {
            return doctor(rest, environment) ? 0 : 1;
        }
        if (command.equals("coverage")) {
            Optional<String> service = rest.stream().findFirst();
            out.print(Cards.page(service)
                    .orElseThrow(() -> new Options.Misuse("Nothing is built of " + service.orElse("") + ".")));
            return 0;
        }
        Options options = Options.parse(rest, environment);
        switch (command) {
            case "host" -> host();
            case "start" -> start(options, environment);
            case "trust" -> out.print(LocalCa.open(Cloud.tls(options), clock).certificatePem());
            default -> throw new Options.Misuse("There is no command '" + command + "'.");
        }
        return 0;
    }

    private boolean doctor(List<String> rest, Map<String, String> environment) throws IOException {
        List<String> others =
                rest.stream().filter(word -> !word.equals("--salvage")).toList();
        Options options = Options.parse(others, environment);
        return new Doctor(options.data().orElseThrow(), out::println).run(rest.contains("--salvage"));
    }

    private void start(Options options, Map<String, String> environment) throws IOException, InterruptedException {
        Cloud cloud = Cloud.start(options, environment, Services.ALL, new Cloud.Ears(err::println, this::report));
        InitHooks hooks = cloud.hooks();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud)));
        hooks.run(InitHooks.Stage.BOOT, cloud.port());
        hooks.run(InitHooks.Stage.START, cloud.port());
        cloud.announceRootKey(out);
        announce(options, cloud.port());
        hooks.run(InitHooks.Stage.READY, cloud.port());
        if (options.flags().train()) {
            Training.run(cloud.port());
            System.exit(0);
        }
        // Nothing counts this down: the program ends by a signal, and the hook above closes what is open.
        new CountDownLatch(1).await();
    }

    private static void stop(Cloud cloud) {
        try {
            cloud.hooks().run(InitHooks.Stage.SHUTDOWN, cloud.port());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            cloud.close();
        }
    }

    private void host() throws IOException {
        new Host(out, err::println, this::report).run(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private void report(Throwable failure) {
        failure.printStackTrace(err);
    }

    private void announce(Options options, int port) {
        String where = options.data()
                .map(data -> "data in " + data.toAbsolutePath().normalize())
                .orElse("in memory");
        Duration took = ProcessHandle.current()
                .info()
                .startInstant()
                .map(started -> Duration.between(started, clock.instant()))
                .orElse(Duration.ZERO);
        String host = options.address().host();
        out.println("Cloudjar is ready at http://" + (host.equals("127.0.0.1") ? "localhost" : host) + ":" + port + " ("
                + where + ", started in " + took.toMillis() + " ms)");
    }
}
