package dev.cloudjar.services.dynamodb.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// The words that expressions may not use as names, from `reserved-words.txt`.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
final class ReservedWords {
    private static final Set<String> ALL = load();

    private ReservedWords() {}

    private static Set<String> load() {
        try (InputStream in = Objects.requireNonNull(ReservedWords.class.getResourceAsStream("reserved-words.txt"))) {
            return Set.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean contain(String name) {
        return ALL.contains(name.toUpperCase(Locale.ROOT));
    }
}
