package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.app.Cloudjar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program, in a JVM of its own, over a data directory.
public final class Program implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:(\\d+)");

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;

    private Program(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Returns once the program has told its address.
    public static Program start(Path data, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.jfr.enabled=false",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Cloudjar.class.getName(),
                "start",
                "--port",
                "0",
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new Program(process, port(process));
    }

    private static int port(Process process) throws IOException {
        var said = new StringBuilder();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IOException("The program did not start: " + said);
    }

    public int port() {
        return port;
    }

    /// How many bytes of memory it holds.
    public long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    /// Kills it in the middle of `traffic`, once so many requests were acknowledged; returns when the traffic has
    /// noticed.
    void killAmid(int acknowledged, Function<CountDownLatch, List<Thread>> traffic) throws InterruptedException {
        var enough = new CountDownLatch(acknowledged);
        List<Thread> threads = traffic.apply(enough);
        assertThat(enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// Ends it as `kill -9` does.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
