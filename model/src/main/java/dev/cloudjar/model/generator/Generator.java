package dev.cloudjar.model.generator;

import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The program that a family of services runs at its build: writes the interfaces of the services it implements.
/// Arguments: the directory of generated sources, and the ids of services with commas between.
public final class Generator {
    static final String PACKAGE = "dev.cloudjar.api";

    private Generator() {}

    public static void main(String[] args) throws IOException {
        for (String id : args[1].split(",\\s*")) {
            write(id, Path.of(args[0]));
        }
    }

    /// Writes one service and returns its file. A file that would not change is left alone, so that the compiler
    /// does not run again for nothing.
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
