package dev.cloudjar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that is committed and must be what the tests find; `-Dcloudjar.rewrite=true` writes what they find
/// instead, and review reads the difference.
public final class Committed {
    private Committed() {}

    /// `path` is relative to the folder of this module.
    public static void check(String path, String found) throws IOException {
        Path file = Path.of(path);
        if (isRewriting()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, found);
            return;
        }
        assertThat(file).as("run with -Dcloudjar.rewrite=true to write it").exists();
        assertThat(found).as("%s (-Dcloudjar.rewrite=true accepts it)", path).isEqualTo(Files.readString(file));
    }

    public static boolean isRewriting() {
        return Boolean.getBoolean("cloudjar.rewrite");
    }
}
