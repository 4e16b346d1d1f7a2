package dev.cloudjar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// `wrk`, the load generator, with a script that speaks to a service.
final class Wrk {
    /// What it counted: requests, how long, latencies in microseconds, and what went wrong.
    record Result(long requests, double seconds, long median, long p99, long errors) {
        double throughput() {
            return requests / seconds;
        }
    }

    private final Path script;

    Wrk(Path folder, String name) throws IOException {
        script = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(Wrk.class.getResourceAsStream(name))) {
            Files.write(script, in.readAllBytes());
        }
    }

    static boolean isInstalled() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            process.waitFor();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /// Asks the server at `port` for `seconds` over so many connections.
    Result run(int port, int connections, int seconds, List<String> arguments)
            throws IOException, InterruptedException {
        int threads = Math.min(2, connections);
        List<String> command = Stream.of(
                        List.of("wrk", "-t" + threads, "-c" + connections, "-d" + seconds + "s", "--timeout", "30s"),
                        List.of("-s", script.toString(), "http://localhost:" + port, "--"),
                        arguments,
                        List.of(Integer.toString(threads)))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .map(line -> result(line.split(" ")))
                .orElseThrow(() -> new IOException(said));
    }

    /// What is measured of whom, as the tables name it, over how many connections.
    record Asked(String store, String operation, int connections) {}

    /// One round, with the server's processor time.
    Sample once(Program server, Asked asked, int seconds, List<String> arguments)
            throws IOException, InterruptedException {
        double before = server.cpuSeconds();
        Result result = run(server.port(), asked.connections(), seconds, arguments);
        double cpu = (server.cpuSeconds() - before) * 1e6 / result.requests();
        return new Sample(asked.store(), asked.operation(), asked.connections(), result, cpu);
    }

    /// The median of several rounds, which is also shown.
    Sample measure(Program server, Asked asked, Load.Settings settings, List<String> arguments)
            throws IOException, InterruptedException {
        var rounds = new ArrayList<Sample>();
        for (int round = 0; round < settings.rounds(); round++) {
            rounds.add(once(server, asked, settings.seconds(), arguments));
        }
        Sample median = Sample.median(rounds);
        System.out.println(median);
        return median;
    }

    private static Result result(String[] words) {
        return new Result(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]) / 1e6,
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
