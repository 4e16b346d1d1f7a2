package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures throughput, latency and processor time of sending, receiving and deleting, with each store and each
/// number of connections, and of a bare server under the same requests.
final class Load {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final String BARE = "bare";

    /// How many messages are received and deleted at most for each that is sent in the same time.
    private static final double ENOUGH = 2.5;

    private final Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;

    /// How long each measurement lasts, how often it is repeated, and how long a server is warmed up.
    record Settings(int seconds, int rounds, int warmUp) {}

    Load(Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "sqs.lua");
    }

    List<Sample> run() throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        samples.addAll(bare());
        samples.addAll(cloud("memory", List.of("--memory")));
        for (String durability : List.of("os", "fsync")) {
            Path data = Files.createTempDirectory(folder, "data");
            samples.addAll(cloud(durability, List.of("--data", data.toString(), "--durability", durability)));
        }
        return samples;
    }

    private List<Sample> bare() throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        try (Program server = Program.start(java.bareServer())) {
            var arguments = List.of("SendMessage", "1", "http://localhost/q", "none");
            wrk.run(server.port(), 64, settings.warmUp(), arguments);
            for (int connections : CONNECTIONS) {
                samples.add(wrk.measure(server, new Wrk.Asked(BARE, BARE, connections), settings, arguments));
            }
        }
        return samples;
    }

    private List<Sample> cloud(String store, List<String> options) throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        var arguments = new ArrayList<>(List.of("start", "--port", "0"));
        arguments.addAll(options);
        try (Program server = Program.start(java.cloud(List.of(), arguments));
                var queues = new Queues(server.port())) {
            warmUp(server, queues);
            for (int connections : CONNECTIONS) {
                samples.addAll(operations(store, connections, server, queues));
            }
        }
        return samples;
    }

    private void warmUp(Program server, Queues queues) throws IOException, InterruptedException {
        for (String operation : List.of("SendMessage", "ReceiveMessage")) {
            wrk.run(server.port(), 64, settings.warmUp(), arguments(operation, queues, "none"));
        }
        queues.fill(20_000);
        Path handles = queues.receive(20_000, folder.resolve("handles"));
        wrk.run(server.port(), 64, settings.warmUp(), arguments("DeleteMessage", queues, handles.toString()));
        queues.empty();
    }

    private static List<String> arguments(String operation, Queues queues, String handles) {
        return List.of(operation, Integer.toString(Queues.COUNT), queues.prefix(), handles);
    }

    /// Sending leaves enough to be received; then as many are received again, to be deleted.
    private List<Sample> operations(String store, int connections, Program server, Queues queues)
            throws IOException, InterruptedException {
        var send = new ArrayList<Sample>();
        var receive = new ArrayList<Sample>();
        var delete = new ArrayList<Sample>();
        for (int round = 0; round < settings.rounds(); round++) {
            queues.empty();
            send.add(wrk.once(
                    server,
                    new Wrk.Asked(store, "SendMessage", connections),
                    settings.seconds(),
                    arguments("SendMessage", queues, "none")));
            int many = (int) Math.max(20_000, ENOUGH * send.getLast().result().requests());
            queues.fill(many);
            receive.add(wrk.once(
                    server,
                    new Wrk.Asked(store, "ReceiveMessage", connections),
                    settings.seconds(),
                    arguments("ReceiveMessage", queues, "none")));
            queues.fill(many);
            Path handles = queues.receive(many, folder.resolve("handles"));
            delete.add(wrk.once(
                    server,
                    new Wrk.Asked(store, "DeleteMessage", connections),
                    settings.seconds(),
                    arguments("DeleteMessage", queues, handles.toString())));
        }
        return List.of(told(Sample.median(send)), told(Sample.median(receive)), told(Sample.median(delete)));
    }

    private static Sample told(Sample sample) {
        System.out.println(sample);
        return sample;
    }
}
