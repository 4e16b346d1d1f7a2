package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures reads and writes of DynamoDB's items, with the journal, in a table with a hundred items and in one
/// with many, which is also scanned and weighed.
final class ItemLoad {
    private static final int FEW = 100;
    private static final InstantSource CLOCK = InstantSource.system();
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    static final List<String> OPERATIONS = List.of(
            "PutItem", "GetItem", "UpdateItem", "UpdateItem (hot key)", "Query 20", "Query 100", "TransactWriteItems");

    /// What was measured under load, and what besides.
    record Figures(List<Sample> samples, List<String> besides) {}

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;
    private final int many;

    ItemLoad(Load.Settings settings, Java java, Path folder, int many) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "dynamodb.lua");
        this.many = many;
    }

    Figures run() throws IOException, InterruptedException {
        var figures = new Figures(new ArrayList<>(), new ArrayList<>());
        try (Program server = Program.start(java.bareServer())) {
            measure(server, "bare", List.of("GetItem"), FEW, figures);
        }
        for (int items : List.of(FEW, many)) {
            Path data = Files.createTempDirectory(folder, "tables");
            var arguments = List.of("start", "--port", "0", "--data", data.toString());
            try (Program server = Program.start(java.cloud(List.of(heap(items)), arguments));
                    var table = new ItemTable(server.port())) {
                table.fill(items);
                if (items > FEW) {
                    scan(server, table, items, figures);
                }
                measure(server, items + " items", OPERATIONS, items, figures);
                if (items > FEW) {
                    weigh(server, items, figures);
                }
            }
        }
        compare(figures);
        return figures;
    }

    /// Room for 700 bytes an item, twice, and for everything else.
    private static String heap(int items) {
        return "-Xmx" + (1024 + items / 1_000_000L * 1400) + "m";
    }

    private void measure(Program server, String who, List<String> operations, int items, Figures figures)
            throws IOException, InterruptedException {
        for (String operation : operations) {
            wrk.run(server.port(), 64, settings.warmUp(), List.of(operation, Integer.toString(items)));
        }
        for (int connections : CONNECTIONS) {
            for (String operation : operations) {
                figures.samples()
                        .add(wrk.measure(
                                server,
                                new Wrk.Asked(who, operation, connections),
                                settings,
                                List.of(operation, Integer.toString(items))));
            }
        }
    }

    /// How much of its throughput each operation keeps in the large table, over 64 connections.
    private void compare(Figures figures) {
        for (String operation : OPERATIONS) {
            double few = throughput(figures, FEW, operation);
            note(
                    figures,
                    "%s: %.2f of the throughput with %d items",
                    operation,
                    throughput(figures, many, operation) / few,
                    FEW);
        }
    }

    private static double throughput(Figures figures, int items, String operation) {
        return figures.samples().stream()
                .filter(sample -> sample.connections() == 64
                        && sample.store().equals(items + " items")
                        && sample.operation().equals(operation))
                .mapToDouble(sample -> sample.result().throughput())
                .findFirst()
                .orElseThrow();
    }

    /// Comes last: after a full collection that somebody asked for, the JVM has objects begin in the old generation,
    /// slowly, and lets the young one grow to where its collections take long.
    private static void weigh(Program server, int items, Figures figures) throws IOException {
        double megabytes = server.liveMegabytes();
        note(
                figures,
                "%,d items of 300 bytes take %,.0f MB of heap, %,.0f bytes each",
                items,
                megabytes,
                megabytes * 1e6 / items);
    }

    private static void scan(Program server, ItemTable table, int items, Figures figures)
            throws IOException, InterruptedException {
        for (int segments : List.of(1, 2, 4)) {
            double cpu = server.cpuSeconds();
            long start = CLOCK.millis();
            long found = table.scan(segments);
            double seconds = (CLOCK.millis() - start) / 1e3;
            if (found != items) {
                throw new IllegalStateException(found + " of " + items + " items were scanned");
            }
            double cores = (server.cpuSeconds() - cpu) / seconds;
            note(figures, "a scan of them in %d segments took %.2f s on %.2f cores", segments, seconds, cores);
        }
    }

    private static void note(Figures figures, String format, Object... arguments) {
        String line = String.format(Locale.ROOT, format, arguments);
        System.out.println(line);
        figures.besides().add(line);
    }
}
