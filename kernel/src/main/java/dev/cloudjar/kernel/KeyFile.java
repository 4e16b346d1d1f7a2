package dev.cloudjar.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/// A file with a secret, which only its owner may read. Of several processes that ask for it at once, one makes
/// it for all; whoever dies meanwhile leaves none, or a whole one.
public final class KeyFile {
    private KeyFile() {}

    /// What is in `name` of `directory`, after making it from `secret` where it is not there.
    ///
    /// @throws IOException when it can be neither read nor written
    public static byte[] read(Path directory, String name, Supplier<byte[]> secret) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            make(directory, file, secret.get());
        }
        return Files.readAllBytes(file);
    }

    /// Makes the file whole under another name first; a link is refused where somebody else was faster.
    private static void make(Path directory, Path file, byte[] secret) throws IOException {
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(directory, "new", ".key");
        try {
            Files.write(draft, secret, StandardOpenOption.SYNC);
            Files.createLink(file, draft);
            try (FileChannel folder = FileChannel.open(directory)) {
                folder.force(true);
            }
        } catch (FileAlreadyExistsException another) {
            return;
        } catch (UnsupportedOperationException noLinks) {
            Files.copy(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
