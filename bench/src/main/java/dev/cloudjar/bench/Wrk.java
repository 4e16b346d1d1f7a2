package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Load by `wrk`, and what it says of it.
final class Wrk {
    private static final Pattern FIGURE = Pattern.compile(
            "(?m)(?:^\\s*(50|99)%\\s+([\\d.]+)(us|ms|s)\\s*$)|(?:^\\s*(\\d+) requests in)|(?:Requests/sec:\\s*([\\d.]+))"
                    + "|(?:Non-2xx or 3xx responses: (\\d+))");

    private final Path scripts;
    private final int seconds;

    /// What one run showed: `median` and `p99` in microseconds, `cpu` in microseconds of the server a request.
    record Figures(double perSecond, double median, double p99, double cpu, long refused) {}

    Wrk(Path scripts, int seconds) {
        this.scripts = scripts;
        this.seconds = seconds;
    }

    static boolean isInstalled() {
        try {
            new ProcessBuilder("wrk", "-v").start().onExit().join();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    Figures load(Measured server, int connections, String script, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds,
                "--latency",
                "-s",
                scripts.resolve(script).toString()));
        command.add(server.address().toString());
        command.add("--");
        command.addAll(List.of(arguments));
        double before = server.cpuSeconds();
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double used = server.cpuSeconds() - before;
        return figures(said, used);
    }

    static Figures figures(String said, double cpuSeconds) {
        double median = 0;
        double p99 = 0;
        double perSecond = 0;
        long requests = 1;
        long refused = 0;
        Matcher figure = FIGURE.matcher(said);
        while (figure.find()) {
            if ("50".equals(figure.group(1))) {
                median = micros(figure.group(2), figure.group(3));
            } else if ("99".equals(figure.group(1))) {
                p99 = micros(figure.group(2), figure.group(3));
            } else if (figure.group(4) != null) {
                requests = Long.parseLong(figure.group(4));
            } else if (figure.group(5) != null) {
                perSecond = Double.parseDouble(figure.group(5));
            } else {
                refused = Long.parseLong(figure.group(6));
            }
        }
        return new Figures(perSecond, median, p99, cpuSeconds * 1e6 / requests, refused);
    }

    private static double micros(String number, String unit) {
        double factor = unit.equals("us") ? 1 : unit.equals("ms") ? 1e3 : 1e6;
        return Double.parseDouble(number) * factor;
    }
}
