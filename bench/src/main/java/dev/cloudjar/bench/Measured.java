package dev.cloudjar.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, seen from outside: when it answered, what processor time and memory it has used.
final class Measured implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final URI address;
    private final Duration start;

    private Measured(Process process, URI address, Duration start) {
        this.process = process;
        this.address = address;
        this.start = start;
    }

    /// Runs `command` and waits for the line in which it says where it answers, and for its first answer.
    static Measured start(List<String> command, Map<String, String> environment, Path directory) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Instant began = CLOCK.instant();
        Process process = builder.start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                URI address = URI.create(found.group());
                address.resolve("/_localstack/health").toURL().openStream().close();
                return new Measured(process, address, Duration.between(began, CLOCK.instant()));
            }
            line = lines.readLine();
        }
        throw new IOException(String.join(" ", command) + " ended without an address");
    }

    URI address() {
        return address;
    }

    /// From the command to the first answer.
    Duration start() {
        return start;
    }

    /// Processor seconds used so far, user and system.
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /// Resident memory in MiB.
    long residentMib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException("the process has no resident memory");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
