package dev.cloudjar.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// `cloudjar host`: clouds in memory for a test whose own process cannot hold one.
///
/// A line of standard input `start`, with options as `cloudjar start` has them after it, each behind a tab,
/// begins a cloud; the answer is a line `started` with its port. `stop` with a port ends that cloud and is
/// answered `stopped`. What cannot be done is answered `refused` and a sentence. With the input all clouds end,
/// and so they never outlive the test.
final class Host {
    private final Map<String, Cloud> clouds = new HashMap<>();
    private final PrintStream out;
    private final Cloud.Ears ears;

    Host(PrintStream out, Consumer<String> log, Consumer<Throwable> failures) {
        this.out = out;
        this.ears = new Cloud.Ears(log, failures);
    }

    void run(Reader orders) throws IOException {
        var lines = new BufferedReader(orders);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = List.of(line.split("\t"));
            out.println(answer(words.getFirst(), words.subList(1, words.size())));
            out.flush();
        }
        clouds.values().forEach(Cloud::close);
    }

    private String answer(String order, List<String> arguments) {
        try {
            return switch (order) {
                case "start" -> "started\t" + start(arguments);
                case "stop" -> stop(arguments);
                default -> "refused\tThere is no order '" + order + "'.";
            };
        } catch (Options.Misuse | IOException | UncheckedIOException refused) {
            return "refused\t" + refused.getMessage();
        }
    }

    private String start(List<String> arguments) throws IOException {
        Cloud cloud = Cloud.start(Options.inMemory(arguments), Map.of(), Services.ALL, ears);
        String port = Integer.toString(cloud.port());
        clouds.put(port, cloud);
        return port;
    }

    private String stop(List<String> ports) {
        Cloud cloud = ports.size() == 1 ? clouds.remove(ports.getFirst()) : null;
        if (cloud == null) {
            return "refused\tThere is no cloud at port " + String.join(" ", ports) + ".";
        }
        cloud.close();
        return "stopped";
    }
}
