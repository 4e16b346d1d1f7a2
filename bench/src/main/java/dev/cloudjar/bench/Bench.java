package dev.cloudjar.bench;

import dev.cloudjar.bench.Wrk.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Measures start-up, memory, and SQS at 1, 8 and 64 connections, in memory and with the journal, each beside a bare
/// Netty server in the same run. Prints Markdown; figures are medians of the rounds. Arguments: the checkout, seconds a
/// run (5), rounds (3).
public final class Bench {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final int STARTS = 5;

    private final Path checkout;
    private final int rounds;
    private final Wrk wrk;
    private final Path scratch;

    private Bench(Path checkout, int seconds, int rounds) throws IOException {
        this.checkout = checkout;
        this.rounds = rounds;
        this.wrk = new Wrk(checkout.resolve("bench/src/main/wrk"), seconds);
        this.scratch = Files.createTempDirectory("cloudjar-bench");
    }

    public static void main(String[] arguments) throws IOException {
        if (!Wrk.isInstalled()) {
            System.err.println(
                    "The bench needs the load generator wrk: install it, for example by apt-get install wrk.");
            System.exit(1);
        }
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        var bench = new Bench(Path.of(arguments[0]).toAbsolutePath(), seconds, rounds);
        try {
            bench.startUp();
            bench.throughput();
        } finally {
            bench.cleanUp();
        }
    }

    private void startUp() throws IOException {
        System.out.println("| | start to first answer, ms | idle resident, MiB |\n|---|---|---|");
        starts("without AOT cache", Map.of("CLOUDJAR_JVM_OPTS", "-XX:AOTMode=off", "CI", "true"));
        starts("with AOT cache", Map.of("CI", "true"));
    }

    private void starts(String name, Map<String, String> environment) throws IOException {
        List<Double> millis = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (Measured cloud = cloud(environment, "--memory")) {
                millis.add((double) cloud.start().toMillis());
                resident.add((double) cloud.residentMib());
            }
        }
        System.out.printf("| %s | %.0f | %.0f |%n", name, median(millis), median(resident));
    }

    private void throughput() throws IOException {
        System.out.println(
                "\n| server | operation | connections | requests/s | to bare | median µs | p99 µs | CPU µs |\n"
                        + "|---|---|---|---|---|---|---|---|");
        double[] bare = new double[CONNECTIONS.size()];
        try (Measured server = bare()) {
            for (int i = 0; i < bare.length; i++) {
                int connections = CONNECTIONS.get(i);
                Figures figures = typical(() -> wrk.load(server, connections, "bare.lua"));
                bare[i] = figures.perSecond();
                row("bare Netty", "fixed answer", connections, figures, bare[i]);
            }
        }
        sqs("in memory", bare, "--memory");
        sqs("journal, os", bare, "--data", scratch.resolve("os").toString());
        sqs("journal, fsync", bare, "--data", scratch.resolve("fsync").toString(), "--durability", "fsync");
    }

    private void sqs(String name, double[] bare, String... options) throws IOException {
        for (String action : List.of("send", "consume")) {
            for (int i = 0; i < bare.length; i++) {
                int connections = CONNECTIONS.get(i);
                try (Measured cloud = cloud(Map.of("CI", "true"), options)) {
                    String queue = queue(cloud.address(), action + connections);
                    wrk.load(cloud, 64, "sqs.lua", "send", queue);
                    Figures figures = typical(() -> wrk.load(cloud, connections, "sqs.lua", action, queue));
                    String operation = action.equals("send") ? "SendMessage" : "ReceiveMessage, DeleteMessage";
                    row(name, operation, connections, figures, bare[i]);
                }
            }
        }
    }

    /// Some work that may fail to talk to a server.
    private interface Run {
        Figures run() throws IOException;
    }

    /// The medians of some rounds.
    private Figures typical(Run run) throws IOException {
        List<Figures> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            all.add(run.run());
        }
        return new Figures(
                median(all, Figures::perSecond),
                median(all, Figures::median),
                median(all, Figures::p99),
                median(all, Figures::cpu),
                all.stream().mapToLong(Figures::refused).sum());
    }

    private static void row(String server, String operation, int connections, Figures figures, double bare) {
        String refused = figures.refused() == 0 ? "" : " (" + figures.refused() + " refused)";
        System.out.printf(
                "| %s | %s%s | %d | %.0f | %.2f | %.0f | %.0f | %.0f |%n",
                server,
                operation,
                refused,
                connections,
                figures.perSecond(),
                figures.perSecond() / bare,
                figures.median(),
                figures.p99(),
                figures.cpu());
    }

    private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return median(all.stream().map(figure::applyAsDouble).toList());
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private Measured cloud(Map<String, String> environment, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("cloudjar").toString(), "start", "--port", "0"));
        command.addAll(List.of(options));
        return Measured.start(command, environment, scratch);
    }

    private Measured bare() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Measured.start(
                List.of(
                        java,
                        "-Dio.netty.jfr.enabled=false",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareServer.class.getName()),
                Map.of(),
                scratch);
    }

    private static String queue(URI server, String name) throws IOException {
        var request = (HttpURLConnection) server.toURL().openConnection();
        request.setDoOutput(true);
        request.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        request.setRequestProperty("X-Amz-Target", "AmazonSQS.CreateQueue");
        try (OutputStream out = request.getOutputStream()) {
            out.write(("{\"QueueName\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream in = request.getInputStream()) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("http"), answer.lastIndexOf('"'));
        }
    }

    private void cleanUp() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            files.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
