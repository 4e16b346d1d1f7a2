package dev.cloudjar.conformance;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// A server under test: a whole cloud in this JVM, or whatever answers at a port.
public final class RunningServer implements AutoCloseable {
    /// Where clocks of tests stand.
    public static final Instant REST = Instant.parse("2027-01-01T00:00:00Z");

    private static final List<String> SEED = List.of("--seed", System.getProperty("cloudjar.seed", "8"));

    private final Optional<Cloud> cloud;
    private final int port;
    private final ConcurrentLinkedQueue<Throwable> failures;

    private RunningServer(Optional<Cloud> cloud, int port, ConcurrentLinkedQueue<Throwable> failures) {
        this.cloud = cloud;
        this.port = port;
        this.failures = failures;
    }

    public static RunningServer start(String... options) {
        var arguments = new ArrayList<>(List.of("--memory"));
        arguments.addAll(List.of(options));
        return with(arguments);
    }

    /// A cloud whose clock stands still and whose ids are those of the last run.
    public static RunningServer steady(String... options) {
        return start(Stream.concat(SEED.stream(), Stream.of(options)).toArray(String[]::new))
                .atRest();
    }

    /// A cloud that is kept in `data`.
    public static RunningServer keptIn(Path data, String... options) {
        var arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(options));
        return with(arguments);
    }

    private static RunningServer with(List<String> options) {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--port", "0"));
        try {
            Cloud cloud = Cloud.start(arguments, Map.of(), line -> {}, failures::add);
            return new RunningServer(Optional.of(cloud), cloud.port(), failures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A cloud with other services than Cloudjar's own, and steady ids.
    public static RunningServer of(Service.Entry... services) {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try {
            var options = new ArrayList<>(List.of("--memory", "--port", "0"));
            options.addAll(SEED);
            Cloud cloud = Cloud.of(List.of(services), options, failures::add);
            return new RunningServer(Optional.of(cloud), cloud.port(), failures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningServer at(int port) {
        return new RunningServer(Optional.empty(), port, new ConcurrentLinkedQueue<>());
    }

    public int port() {
        return port;
    }

    /// The same with steady ids and a clock that stands still.
    public static RunningServer steadyIn(Path data, String... options) {
        return keptIn(data, Stream.concat(SEED.stream(), Stream.of(options)).toArray(String[]::new))
                .atRest();
    }

    /// Has the clock stand still at one instant, so that what is told twice can be compared.
    public RunningServer atRest() {
        world().orElseThrow().freezeClock();
        world().orElseThrow().setClock(REST);
        return this;
    }

    /// The world behind the server, where it is in this JVM.
    public Optional<World> world() {
        return cloud.map(Cloud::world);
    }

    /// Fails, once, for what the server itself reported as its own fault since it was last asked.
    public void assertNoFailures() {
        var error = new AssertionError("The server reported failures of its own");
        for (Throwable failure = failures.poll(); failure != null; failure = failures.poll()) {
            error.addSuppressed(failure);
        }
        if (error.getSuppressed().length > 0) {
            throw error;
        }
    }

    @Override
    public void close() {
        cloud.ifPresent(Cloud::close);
    }
}
