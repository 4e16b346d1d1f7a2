package dev.cloudjar.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Measures what one, two and three nodes over one PostgreSQL do together, all of them and the database on this
/// machine: so it shows what sharing costs, not what more machines would bring. Several nodes warm up for longer,
/// since each has fewer of the calls.
final class NodeLoad {
    private static final int MOST = 3;
    private static final int CONNECTIONS = 48;
    private static final List<String> OPERATIONS = List.of("PutItem", "GetItem", "UpdateItem");
    private static final String ITEMS = "10000";

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;

    NodeLoad(Load.Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "dynamodb.lua");
    }

    String run() throws IOException, InterruptedException {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d connections in all, items of DynamoDB in a table of %s, nodes, database and load on one machine.%n%n"
                        + "| nodes | operation | requests/s | median µs | p99 µs | CPU µs of the nodes | errors |%n"
                        + "|---:|---|---:|---:|---:|---:|---:|%n",
                CONNECTIONS,
                ITEMS));
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start()) {
            for (int nodes = 1; nodes <= MOST; nodes++) {
                text.append(measure(database, nodes));
            }
        }
        return text.toString();
    }

    private String measure(EmbeddedPostgres database, int count) throws IOException, InterruptedException {
        String name = "nodes" + count;
        execute(database, "CREATE DATABASE " + name);
        Path data = Files.createTempDirectory(folder, name);
        List<String> arguments = List.of(
                "start", "--port", "0", "--store", database.getJdbcUrl("postgres", name), "--data", data.toString());
        var text = new StringBuilder();
        List<Program> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(Program.start(java.cloud(List.of(), arguments)));
            }
            new ItemTable(nodes.getFirst().port()).close();
            for (String operation : OPERATIONS) {
                load(nodes, operation, settings.warmUp() * count);
                text.append(line(nodes, operation));
            }
        } finally {
            nodes.forEach(Program::close);
        }
        return text.toString();
    }

    private String line(List<Program> nodes, String operation) throws IOException, InterruptedException {
        double before = cpuSeconds(nodes);
        List<Wrk.Result> results = load(nodes, operation, settings.seconds());
        long requests = results.stream().mapToLong(Wrk.Result::requests).sum();
        String line = String.format(
                Locale.ROOT,
                "| %d | %s | %,.0f | %,d | %,d | %.0f | %d |%n",
                nodes.size(),
                operation,
                results.stream().mapToDouble(Wrk.Result::throughput).sum(),
                results.stream().mapToLong(Wrk.Result::median).sum() / nodes.size(),
                results.stream().mapToLong(Wrk.Result::p99).max().orElseThrow(),
                (cpuSeconds(nodes) - before) * 1e6 / requests,
                results.stream().mapToLong(Wrk.Result::errors).sum());
        System.out.print(line);
        return line;
    }

    private static double cpuSeconds(List<Program> nodes) throws IOException {
        double seconds = 0;
        for (Program node : nodes) {
            seconds += node.cpuSeconds();
        }
        return seconds;
    }

    /// Loads all nodes at once, each with its share of the connections.
    private List<Wrk.Result> load(List<Program> nodes, String operation, int seconds)
            throws IOException, InterruptedException {
        List<FutureTask<Wrk.Result>> running = new ArrayList<>();
        for (Program node : nodes) {
            var task = new FutureTask<>(
                    () -> wrk.run(node.port(), CONNECTIONS / nodes.size(), seconds, List.of(operation, ITEMS)));
            Thread.ofVirtual().start(task);
            running.add(task);
        }
        List<Wrk.Result> results = new ArrayList<>();
        for (FutureTask<Wrk.Result> each : running) {
            try {
                results.add(each.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return results;
    }

    private static void execute(EmbeddedPostgres database, String sql) {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
