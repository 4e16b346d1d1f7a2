package dev.cloudjar.wire.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What is known of single services beyond protocol and model, from `quirks.txt` beside this class.
final class Quirks {
    private static final String EVERY_SERVICE = "*";

    /// Quirks by service, then by quirk with its first argument, if it takes several; the value is the rest.
    private final Map<String, Map<String, String>> byService = new HashMap<>();

    /// How an error of AWS's service framework travels: its namespace and the name of its message.
    record FrameworkError(String namespace, String messageKey) {}

    private Quirks() {}

    static Quirks load() {
        var quirks = new Quirks();
        try (InputStream in = Objects.requireNonNull(Quirks.class.getResourceAsStream("quirks.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> quirks.add(line.split(" ", 4)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return quirks;
    }

    private void add(String[] words) {
        String key = words.length == 4 ? words[1] + ' ' + words[2] : words[1];
        String value = words.length == 2 ? "" : words[words.length - 1];
        byService.computeIfAbsent(words[0], id -> new HashMap<>()).put(key, value);
    }

    private Optional<String> find(String service, String key) {
        return Optional.ofNullable(byService.getOrDefault(service, Map.of()).get(key));
    }

    Optional<FrameworkError> frameworkError(String code) {
        return find(EVERY_SERVICE, "framework-error " + code).map(words -> {
            int gap = words.indexOf(' ');
            return new FrameworkError(words.substring(0, gap), words.substring(gap + 1));
        });
    }

    Optional<String> errorNamespace(String service) {
        return find(service, "error-namespace");
    }

    boolean crc32(String service) {
        return find(service, "crc32").isPresent();
    }

    boolean millis(String service) {
        return find(service, "millis").isPresent();
    }

    /// Whether the root of a document must be the one that the model names.
    boolean xmlRoot(String service) {
        return find(service, "xml-root").isPresent();
    }

    /// Whether documents are held to a schema: an element that is not in it, or that is there twice, is refused.
    boolean strictXml(String service) {
        return find(service, "strict-xml").isPresent();
    }

    boolean ec2Errors(String service) {
        return find(service, "ec2-errors").isPresent();
    }

    boolean s3Errors(String service) {
        return find(service, "s3-errors").isPresent();
    }

    boolean s3Ids(String service) {
        return find(service, "s3-ids").isPresent();
    }

    Optional<String> namespace(String service) {
        return find(service, "namespace");
    }

    Optional<String> root(String service, String operation) {
        return find(service, "root " + operation);
    }

    /// The member whose text is all of the answer's root element.
    Optional<String> rootIsValue(String service, String operation) {
        return find(service, "root-is-value " + operation);
    }
}
