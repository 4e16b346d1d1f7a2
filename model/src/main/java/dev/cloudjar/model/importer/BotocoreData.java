package dev.cloudjar.model.importer;

import dev.cloudjar.model.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A `botocore/data` directory: a folder a service, in it a folder an API version, of which the newest counts.
record BotocoreData(Path directory) {
    Optional<Digest> digest(String id) throws IOException {
        Path service = directory.resolve(id);
        if (!Files.isDirectory(service)) {
            return Optional.empty();
        }
        Path version = newest(service);
        Json model = read(version, "service-2");
        Json paginators = read(version, "paginators-1");
        Json waiters = read(version, "waiters-2");
        return Optional.of(new ModelReader(model, paginators, waiters).digest(id));
    }

    static Path newest(Path service) throws IOException {
        try (Stream<Path> versions = Files.list(service)) {
            return versions.filter(Files::isDirectory)
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow(() -> new IOException("No API version in " + service));
        }
    }

    /// A file with its `sdk-extras` merged in; empty where there is none.
    private static Json read(Path version, String name) throws IOException {
        Json extras = file(version, name + ".sdk-extras.json").object("merge");
        return file(version, name + ".json").merge(extras);
    }

    /// A file as it is, plain or compressed.
    static Json file(Path version, String name) throws IOException {
        Path plain = version.resolve(name);
        if (Files.exists(plain)) {
            try (InputStream in = Files.newInputStream(plain)) {
                return Json.read(in);
            }
        }
        Path compressed = version.resolve(name + ".gz");
        if (Files.exists(compressed)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
                return Json.read(in);
            }
        }
        return Json.EMPTY;
    }
}
