package dev.cloudjar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures how long a start takes until the first answer of SQS, and what an idle server keeps resident.
final class StartUp {
    private static final int ROUNDS = 9;

    private final InstantSource clock = InstantSource.system();
    private final Java java;
    private final Path folder;

    /// Milliseconds to the first answer, those of processor time among them, and resident megabytes afterwards;
    /// medians.
    record Figures(double firstAnswerMillis, double cpuMillis, double residentMegabytes) {}

    StartUp(Java java, Path folder) {
        this.java = java;
        this.folder = folder;
    }

    Figures without() throws IOException, InterruptedException {
        return measure(List.of());
    }

    /// With the cache that a first start leaves behind.
    Figures withCache() throws IOException, InterruptedException {
        Path cache = folder.resolve("cloudjar.aot");
        Process training = new ProcessBuilder(java.cloud(
                        List.of("-XX:AOTCacheOutput=" + cache),
                        List.of("start", "--data", folder + "/training", "--port", "0", "--train")))
                .redirectErrorStream(true)
                .start();
        String said = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!training.waitFor(120, TimeUnit.SECONDS) || !Files.exists(cache)) {
            throw new IOException("The training left no cache: " + said);
        }
        return measure(List.of("-XX:AOTCache=" + cache));
    }

    private Figures measure(List<String> flags) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        var resident = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            Path data = Files.createTempDirectory(folder, "start");
            Instant begin = clock.instant();
            try (Program server =
                    Program.start(java.cloud(flags, List.of("start", "--port", "0", "--data", data.toString())))) {
                firstAnswer(server.port());
                millis.add(Duration.between(begin, clock.instant()).toNanos() / 1e6);
                cpu.add(server.cpuSeconds() * 1000);
                server.rest(2);
                resident.add(server.residentMegabytes());
            }
        }
        return new Figures(median(millis), median(cpu), median(resident));
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static void firstAnswer(int port) throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"
                + "Content-Length: 2\r\n\r\n{}";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IOException(answer);
            }
        }
    }
}
