package dev.cloudjar.wire.validate;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which service belongs to which [Family], from `families.txt` beside this class.
final class Families {
    private static final Family EXCEPTION = framework("ValidationException", false);
    private static final Family ERROR = framework("ValidationError", false);

    private final Map<String, Family> byService;

    private Families(Map<String, Family> byService) {
        this.byService = byService;
    }

    static Families load() {
        Map<String, Family> families = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Families.class.getResourceAsStream("families.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ")))
                    .forEach(words -> families.put(words.getFirst(), family(words)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Families(families);
    }

    private static Family family(List<String> words) {
        return switch (words.get(1)) {
            case "framework" -> framework(words.get(2), words.contains("elements-not-null"));
            case "parameter" -> new Family.Parameter();
            case "s3" -> new Family.S3(words.contains("by-hand"));
            default -> throw new IllegalArgumentException("no such family: " + words);
        };
    }

    private static Family framework(String code, boolean elementsNotNull) {
        return new Family.Framework(AwsError.Code.of(code, 400), elementsNotNull);
    }

    Family of(ServiceSchema service) {
        Family listed = byService.get(service.id());
        if (listed != null) {
            return listed;
        }
        boolean query = service.facts().protocols().contains(Protocol.AWS_QUERY);
        return query ? ERROR : EXCEPTION;
    }
}
