package dev.cloudjar.model.generator;

import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The program that a family of services runs at its build: writes the interfaces of the services it implements.
/// Arguments: the directory of generated sources, then the ids of services.
public final class Generator {
    static final String PACKAGE = "dev.cloudjar.api";

    private Generator() {}

    public static void main(String[] args) throws IOException {
        List<String> ids = List.of(args).subList(1, args.length);
        for (String id : ids) {
            write(id, Path.of(args[0]));
        }
    }

    /// Writes one service and returns its file. A file that would not change is left alone, so that the compiler does
    /// not run again for nothing.
    static Path write(String id, Path sources) throws IOException {
        var api = new ApiSource(Schemas.open(id));
        Path directory = Files.createDirectories(sources.resolve(PACKAGE.replace('.', '/')));
        Path file = directory.resolve(api.name() + ".java");
        String text = api.write();
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
        return file;
    }
}
