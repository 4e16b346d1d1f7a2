package dev.cloudjar.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.app.Cloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A short search from the corpus: bytes flipped, cut, doubled and spliced, the same ones in every run.
class FuzzTest {
    private static final Path CORPUS = Path.of("src/test/corpus");
    private static final int TRIES = 400;

    @ParameterizedTest
    @EnumSource
    void understandsOrRefuses(Target target) throws IOException {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        byte[] seed = Files.readAllBytes(CORPUS.resolve(name(target)));
        try (Cloud cloud = target.open(failures::add)) {
            target.prepare(cloud);
            for (int i = 0; i < TRIES; i++) {
                byte[] bytes = i == 0 ? seed : changed(seed, new SplittableRandom(i));
                assertThatCode(() -> target.feed(cloud, bytes))
                        .as("try %s: %s", i, Arrays.toString(bytes))
                        .doesNotThrowAnyException();
            }
        }
        assertThat(failures).isEmpty();
    }

    private static String name(Target target) {
        return target.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] changed(byte[] seed, SplittableRandom random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int to = at + random.nextInt(bytes.length - at);
            bytes = switch (random.nextInt(4)) {
                case 0 -> flipped(bytes, at, random.nextInt(256));
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /// `./cloudjar fuzz TARGET MINUTES`: Jazzer, in a process of its own, led by what code its bytes come by.
    @Test
    @EnabledIfSystemProperty(named = "cloudjar.fuzz", matches = ".+")
    void findsNothingWithJazzer() throws IOException, InterruptedException {
        String target = name(Target.of(System.getProperty("cloudjar.fuzz")));
        Path found = Files.createDirectories(Path.of("target", "fuzz", target));
        Files.copy(CORPUS.resolve(target), found.resolve("seed"), StandardCopyOption.REPLACE_EXISTING);
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dio.netty.jfr.enabled=false",
                        "-Dcloudjar.fuzz=" + target,
                        "-cp",
                        classpath,
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--instrumentation_includes=dev.cloudjar.**",
                        "--reproducer_path=" + found,
                        "-max_total_time=" + 60 * Integer.getInteger("cloudjar.fuzz.minutes", 1),
                        found.toString())
                .inheritIO()
                .start()
                .waitFor();

        assertThat(status)
                .as("Jazzer's status; what it found stands in %s", found)
                .isZero();
    }
}
