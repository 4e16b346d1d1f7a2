package dev.cloudjar.model.schema;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.DigestFiles;
import dev.cloudjar.model.digest.Overlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/// The program that the build runs after compiling this module: digests and overlay in, binary schemas out.
/// Arguments: the directory of digests, the directory of classes.
public final class CompileSchemas {
    private CompileSchemas() {}

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path classes = Path.of(args[1]);
        Path out = classes.resolve(SchemaResources.DIRECTORY);
        Path catalog = out.resolve(SchemaResources.CATALOG);
        if (Files.exists(catalog) && newest(source, classes).equals(Files.getLastModifiedTime(catalog))) {
            return;
        }
        var files = new DigestFiles(source);
        Path services = Files.createDirectories(out.resolve(SchemaResources.SERVICES));
        Overlay overlay = files.overlay();
        List<Digest> digests = files.ids().parallelStream()
                .map(id -> compile(files, id, overlay, services.resolve(id)))
                .toList();
        Files.write(catalog, SchemaCompiler.catalog(digests));
    }

    private static Digest compile(DigestFiles files, String id, Overlay overlay, Path schema) {
        try {
            Digest digest = files.read(id);
            overlay.applyTo(digest);
            Files.write(schema, SchemaResources.pack(SchemaCompiler.compile(digest)));
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// When the last of the files changed that are here: the catalog is written after all that go into it.
    private static FileTime newest(Path... directories) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path directory : directories) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    FileTime changed = Files.getLastModifiedTime(file);
                    newest = changed.compareTo(newest) > 0 ? changed : newest;
                }
            }
        }
        return newest;
    }
}
