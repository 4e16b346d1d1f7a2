package dev.cloudjar.model.importer;

import dev.cloudjar.model.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Models of services that botocore no longer carries, from the jar `com.amazonaws:aws-java-sdk-models`:
/// `models/<name>-<api version>-model.json`, where the name may have dashes that the id lacks.
record RetiredModels(Path jar) {
    private static final String SUFFIX = "-model.json";
    private static final int VERSION = "-2019-01-02".length();

    Optional<Digest> digest(String id) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Optional<? extends ZipEntry> entry = zip.stream()
                    .filter(e -> id.replace("-", "").equals(service(e.getName())))
                    .max(Comparator.comparing(ZipEntry::getName));
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry.get())) {
                return Optional.of(BotocoreModel.digest(id, Json.read(in)));
            }
        }
    }

    private static String service(String entry) {
        String prefix = "models/";
        int end = entry.length() - SUFFIX.length() - VERSION;
        return entry.startsWith(prefix) && entry.endsWith(SUFFIX) && end > prefix.length()
                ? entry.substring(prefix.length(), end).replace("-", "")
                : "";
    }
}
