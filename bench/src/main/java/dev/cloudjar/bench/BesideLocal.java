package dev.cloudjar.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures AWS's own DynamoDB Local beside the cloud, in one run. It is fetched from Maven Central for that alone,
/// under its own licence, and is no part of Cloudjar.
final class BesideLocal {
    private static final int ITEMS = 100_000;
    private static final int CONNECTIONS = 64;

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;

    BesideLocal(Load.Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "dynamodb.lua");
    }

    String run() throws IOException, InterruptedException {
        List<Sample> cloud;
        List<Sample> local;
        List<String> start = List.of("start", "--port", "0", "--data", data().toString());
        try (Program server = Program.start(java.cloud(List.of(), start))) {
            cloud = measure(server, "Cloudjar");
        }
        int port = freePort();
        try (Program server = Program.start(java.dynamoDbLocal(fetched(), data(), port), port)) {
            local = measure(server, "DynamoDB Local");
        }
        var text = new StringBuilder("""
                %d connections, items of about 300 bytes in a table of %,d; both keep them on disk. *Times* is how many
                requests Cloudjar answers to each of DynamoDB Local's.

                | operation | requests/s | p99 | CPU | DynamoDB Local's requests/s | p99 | CPU | times |
                |---|---:|---:|---:|---:|---:|---:|---:|
                """.formatted(CONNECTIONS, ITEMS));
        for (int i = 0; i < cloud.size(); i++) {
            text.append(row(cloud.get(i), local.get(i)));
        }
        return text.append("\nRequests that failed: ")
                .append(errors(cloud))
                .append(" and ")
                .append(errors(local))
                .append(".\n")
                .toString();
    }

    private List<Sample> measure(Program server, String who) throws IOException, InterruptedException {
        try (var table = new ItemTable(server.port())) {
            table.fill(ITEMS);
        }
        for (String operation : ItemLoad.OPERATIONS) {
            wrk.run(server.port(), CONNECTIONS, settings.warmUp(), arguments(operation));
        }
        var samples = new ArrayList<Sample>();
        for (String operation : ItemLoad.OPERATIONS) {
            var asked = new Wrk.Asked(who, operation, CONNECTIONS);
            samples.add(wrk.measure(server, asked, settings, arguments(operation)));
        }
        return samples;
    }

    private static List<String> arguments(String operation) {
        return List.of(operation, Integer.toString(ITEMS));
    }

    private Path data() throws IOException {
        return Files.createTempDirectory(folder, "beside");
    }

    /// The folder with its jars and its native library.
    private Path fetched() throws IOException, InterruptedException {
        Path jars = java.root().resolve("bench/target/dynamodb-local");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "--batch-mode",
                        "--quiet",
                        "-f",
                        java.root().resolve("bench/dynamodb-local").toString(),
                        "dependency:copy-dependencies",
                        "-DoutputDirectory=" + jars)
                .inheritIO()
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException("DynamoDB Local could not be fetched from Maven Central.");
        }
        return jars;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String row(Sample cloud, Sample local) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f ms | %.0f µs | %,.0f | %.2f ms | %.0f µs | %.1f |%n",
                cloud.operation(),
                cloud.result().throughput(),
                cloud.result().p99() / 1000.0,
                cloud.cpuMicros(),
                local.result().throughput(),
                local.result().p99() / 1000.0,
                local.cpuMicros(),
                cloud.result().throughput() / local.result().throughput());
    }

    private static long errors(List<Sample> samples) {
        return samples.stream().mapToLong(sample -> sample.result().errors()).sum();
    }
}
