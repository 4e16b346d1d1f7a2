package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A program of the machine, run in a folder with an environment that points at a cloud.
final class Tool {
    private static final int PATIENCE_SECONDS = 240;

    /// How a program ended and what it said.
    record Outcome(int status, String out, String err) {
        Outcome succeeded() {
            assertThat(status).as("%s%s", out, err).isZero();
            return this;
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Tool(TestCloud cloud, Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        environment.put("AWS_ENDPOINT_URL", cloud.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", cloud.account());
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        environment.put("AWS_DEFAULT_REGION", TestCloud.REGION);
        environment.put("AWS_MAX_ATTEMPTS", "1");
        environment.put("AWS_PAGER", "");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    }

    Path folder() {
        return folder;
    }

    void set(String name, String value) {
        environment.put(name, value);
    }

    /// Puts a resource beside this class into the folder.
    Path copy(String resource) throws IOException {
        Path file = folder.resolve(resource);
        Files.writeString(file, resource(resource));
        return file;
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Tool.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Ends the test as not run where `command` does not succeed: the machine lacks the program.
    void require(String name, String... command) throws IOException, InterruptedException {
        try {
            if (run(List.of(command)).status() == 0) {
                return;
            }
        } catch (IOException missing) {
            abort("NOT RUN: " + name + " is not on this machine (" + missing.getMessage() + ")");
        }
        abort("NOT RUN: " + name + " is not on this machine");
    }

    Outcome run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /// Starts a program to which the caller talks.
    Process start(String... command) throws IOException {
        return builder(List.of(command))
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    Outcome run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        try {
            Process process = builder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
