package dev.cloudjar.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @Test
    void ofManyWhoAskAtOnceOneMakesTheSecretForAll(@TempDir Path directory) throws IOException {
        Path folder = directory.resolve("data");
        Set<String> seen = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 64).parallel().forEach(i -> seen.add(read(folder, "secret " + i)));

        assertThat(seen).hasSize(1);
        assertThat(read(folder, "another")).isEqualTo(seen.iterator().next());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }

    private static String read(Path folder, String secret) {
        try {
            return new String(KeyFile.read(folder, "key", () -> secret.getBytes(UTF_8)), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
