package dev.cloudjar.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures reads, writes and lists of S3's objects, with the journal, and the same reads and writes of a bare
/// file server.
final class ObjectLoad {
    private static final int LARGE = 8 << 20;
    private static final int SMALL = 1 << 10;
    private static final int KEYS = 8;

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;

    /// What is asked for: the operation, over how many connections, of objects of which size.
    private record Asked(String operation, int connections, int size) {
        String title() {
            return operation + (size == LARGE ? " 8 MiB" : " 1 KiB");
        }
    }

    private static final List<Asked> TRANSFERS = List.of(
            new Asked("PutObject", 8, LARGE),
            new Asked("GetObject", 8, LARGE),
            new Asked("PutObject", 64, SMALL),
            new Asked("GetObject", 64, SMALL));

    ObjectLoad(Load.Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "s3.lua");
    }

    List<Sample> run() throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        Path files = Files.createTempDirectory(folder, "files");
        try (Program server = Program.start(java.bareFiles(files))) {
            transfers(server, "bare", samples);
        }
        Path data = Files.createTempDirectory(folder, "objects");
        var arguments = List.of("start", "--port", "0", "--data", data.toString());
        try (Program server = Program.start(java.cloud(List.of(), arguments))) {
            createBucket(server.port());
            transfers(server, "os", samples);
            lists(server, samples);
        }
        return samples;
    }

    private void transfers(Program server, String store, List<Sample> samples)
            throws IOException, InterruptedException {
        for (Asked asked : TRANSFERS) {
            wrk.run(server.port(), asked.connections(), settings.warmUp(), arguments(asked, KEYS));
            samples.add(median(server, store, asked, KEYS));
        }
    }

    /// Pages of a thousand keys, of a bucket with some keys and with a hundred times as many.
    private void lists(Program server, List<Sample> samples) throws IOException, InterruptedException {
        var fill = new Asked("Fill", 2, SMALL);
        for (int seconds : List.of(1, 10 * settings.seconds())) {
            long keys =
                    wrk.run(server.port(), 2, seconds, arguments(fill, KEYS)).requests();
            var list = new Asked("ListObjectsV2", 1, SMALL);
            int among = (int) Math.max(1, keys / 4);
            wrk.run(server.port(), 1, settings.warmUp(), arguments(list, among));
            samples.add(median(server, keys + " keys", list, among));
        }
    }

    private static List<String> arguments(Asked asked, int keys) {
        return List.of(asked.operation(), Integer.toString(keys), Integer.toString(asked.size()));
    }

    private Sample median(Program server, String store, Asked asked, int keys)
            throws IOException, InterruptedException {
        return wrk.measure(
                server, new Wrk.Asked(store, asked.title(), asked.connections()), settings, arguments(asked, keys));
    }

    private static void createBucket(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/bench"))
                    .PUT(BodyPublishers.noBody())
                    .header("X-Amz-Date", "20260101T000000Z")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request,"
                                    + " SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64))
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("The bucket was not made: " + status);
            }
        }
    }
}
