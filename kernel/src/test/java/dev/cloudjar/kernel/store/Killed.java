package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A process that is killed in the middle of its work.
public final class Killed {
    private Killed() {}

    /// Runs `main` until it has printed so many lines, kills it, and tells of every line. The last may have
    /// been torn.
    public static void after(int lines, Consumer<String> each, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        List<String> all = Stream.concat(command, Stream.of(arguments)).toList();
        Process child = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = child.inputReader()) {
            for (int i = 0; i < lines; i++) {
                each.accept(out.readLine());
            }
            // By its handle: the process itself would close the stream that still has acknowledgements.
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                each.accept(line);
            }
        }
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
