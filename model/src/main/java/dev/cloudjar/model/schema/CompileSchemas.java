package dev.cloudjar.model.schema;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.DigestFiles;
import dev.cloudjar.model.digest.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program that the build runs after compiling this module: digests and overlay in, binary schemas out.
/// Arguments: the directory of digests, the directory of classes.
public final class CompileSchemas {
    private CompileSchemas() {}

    public static void main(String[] args) throws IOException {
        var files = new DigestFiles(Path.of(args[0]));
        Path out = Path.of(args[1]).resolve(SchemaResources.DIRECTORY);
        Path services = Files.createDirectories(out.resolve(SchemaResources.SERVICES));
        Overlay overlay = files.overlay();
        List<Digest> digests = new ArrayList<>();
        for (String id : files.ids()) {
            Digest digest = files.read(id);
            overlay.applyTo(digest);
            digests.add(digest);
            Files.write(services.resolve(id), SchemaResources.pack(SchemaCompiler.compile(digest)));
        }
        Files.write(out.resolve(SchemaResources.CATALOG), SchemaCompiler.catalog(digests));
    }
}
