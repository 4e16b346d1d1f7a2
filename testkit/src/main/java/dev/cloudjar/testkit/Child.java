package dev.cloudjar.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The process that hosts the clouds of a JVM which is too old to hold them: one for all of them, started when
/// the first is asked for. It ends when its standard input does, and so never outlives this JVM.
final class Child {
    private static final Logger LOG = System.getLogger(Cloud.class.getName());
    private static final Child OF_THIS_JVM = new Child();

    private record Dialogue(Process process, PrintStream orders, BufferedReader answers) {}

    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Dialogue dialogue;

    private Child() {}

    static Child ofThisJvm() {
        return OF_THIS_JVM;
    }

    /// The port of a new cloud.
    int start(List<String> options) {
        return Integer.parseInt(ask("start\t" + String.join("\t", options), "started\t"));
    }

    void stop(int port) {
        ask("stop\t" + port, "stopped");
    }

    private String ask(String order, String expected) {
        turn.lock();
        try {
            Dialogue open = dialogue != null && dialogue.process().isAlive() ? dialogue : launch();
            dialogue = open;
            open.orders().println(order);
            open.orders().flush();
            String answer = open.answers().readLine();
            if (answer == null || !answer.startsWith(expected)) {
                throw new IllegalArgumentException(
                        answer == null
                                ? "The process that hosts Cloudjar has ended."
                                : answer.replace("refused\t", ""));
            }
            return answer.substring(expected.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            turn.unlock();
        }
    }

    private static Dialogue launch() throws IOException {
        JavaHome java = JavaHome.find(Running.JAVA);
        LOG.log(
                Level.INFO,
                "Clouds run in a process of their own with Java {0} ({1}); this JVM has version {2}, and {3} can hold them.",
                java.version(),
                java.directory(),
                Runtime.version().feature(),
                Running.JAVA);
        Path arguments = Files.createTempFile("cloudjar", ".args");
        arguments.toFile().deleteOnExit();
        Files.write(arguments, List.of("-cp", quoted(System.getProperty("java.class.path"))));
        Process process = new ProcessBuilder(
                        java.program().toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Dio.netty.jfr.enabled=false",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "@" + arguments,
                        "dev.cloudjar.app.Cloudjar",
                        "host")
                .redirectError(Redirect.INHERIT)
                .start();
        return new Dialogue(
                process,
                new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    /// As the launcher of Java reads it from a file of arguments.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
