package dev.cloudjar.model.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The directory that holds the digests: `services.txt` with the ids of all, `<id>.model` for each, `overlay.txt`.
public record DigestFiles(Path directory) {
    public List<String> ids() throws IOException {
        return Files.readAllLines(directory.resolve("services.txt"));
    }

    /// The digest as imported, without mends.
    public Digest read(String id) throws IOException {
        return DigestText.read(Files.readString(file(id)));
    }

    public Digest readMended(String id) throws IOException {
        Digest digest = read(id);
        overlay().applyTo(digest);
        return digest;
    }

    public Overlay overlay() throws IOException {
        return Overlay.read(Files.readString(directory.resolve("overlay.txt")));
    }

    public void write(Digest digest) throws IOException {
        Files.writeString(file(digest.id()), DigestText.write(digest));
    }

    public Path file(String id) {
        return directory.resolve(id + ".model");
    }
}
