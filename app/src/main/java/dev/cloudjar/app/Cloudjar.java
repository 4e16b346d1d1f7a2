package dev.cloudjar.app;

import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.wire.auth.CredentialRules;
import dev.cloudjar.wire.netty.FrontDoor;
import dev.cloudjar.wire.netty.Settings;
import dev.cloudjar.wire.tls.LocalCa;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The program. `start` runs a cloud until it is told to stop; `trust` prints the certificate of the local authority.
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
                case "trust" -> out.print(authority(options).certificatePem());
                default -> throw new Options.Misuse("There is no command '" + command + "'.");
            }
            return 0;
        } catch (Options.Misuse misuse) {
            err.println("cloudjar: " + misuse.getMessage());
            return 2;
        } catch (StoreException | IOException failure) {
            err.println("cloudjar: " + failure.getMessage());
            return 1;
        }
    }

    private void start(Options options, Map<String, String> environment) throws IOException {
        World world = world(options);
        RootKey root = options.flags().strict()
                ? RootKey.find(environment, options.data(), Ids.secure(clock), options.identity().account())
                : null;
        var rules = new CredentialRules(options.identity().account(), options.flags().strict());
        var credentials = root == null
                ? new Server.Credentials(_ -> java.util.Optional.empty(), _ -> null, rules)
                : new Server.Credentials(root, root, rules);
        var server = new Server(world, options, credentials, failure -> failure.printStackTrace(err));
        FrontDoor door = open(options, server);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            door.close();
            world.close();
        }));
        announce(options, door, root);
    }
}
