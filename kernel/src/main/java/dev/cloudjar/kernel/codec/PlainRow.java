package dev.cloudjar.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads a row by its kept description alone, without the class that wrote it, as plain values: maps, lists,
/// numbers, truths and text. Instants, durations and bytes become text.
public final class PlainRow {
    /// Reads one value; null where it is not there.
    private interface Reader extends Function<In, @Nullable Object> {}

    private static final Map<Character, Reader> PLAIN = Map.of(
            's', In::text,
            'e', In::text,
            'i', In::number,
            'l', In::number,
            'z', in -> in.one() == 1,
            'd', in -> Double.longBitsToDouble(in.fixedLong()),
            'b', in -> Base64.getEncoder().encodeToString(in.block()),
            't', in -> Instant.ofEpochSecond(in.number(), in.number()).toString(),
            'u', in -> Duration.ofSeconds(in.number(), in.number()).toString());

    private final String text;
    private int at;

    private PlainRow(String text) {
        this.text = text;
    }

    /// The row's components by name; `descriptions` finds the description of a fingerprint.
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> read(byte[] row, IntFunction<String> descriptions) {
        var in = new In(row);
        Reader reader = new PlainRow(descriptions.apply(in.fixedInt())).reader();
        return (Map<String, @Nullable Object>) Objects.requireNonNull(reader.apply(in));
    }

    private Reader reader() {
        char kind = text.charAt(at++);
        return switch (kind) {
            case '?' -> maybe(reader());
            case '[' -> list(reader());
            case 'm' -> map(reader());
            case '{' -> all(named('}', ','));
            case '<' -> one(named('>', '|'));
            default -> {
                Reader plain = PLAIN.get(kind);
                if (plain == null) {
                    throw new IllegalStateException("stored rows have a form that this version does not know: " + kind);
                }
                yield plain;
            }
        };
    }

    private static Reader maybe(Reader of) {
        return in -> in.one() == 1 ? of.apply(in) : null;
    }

    private static Reader list(Reader of) {
        return in -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (long rest = in.number(); rest > 0; rest--) {
                list.add(of.apply(in));
            }
            return list;
        };
    }

    private static Reader map(Reader of) {
        return in -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (long rest = in.number(); rest > 0; rest--) {
                map.put(in.text(), of.apply(in));
            }
            return map;
        };
    }

    private static Reader all(Map<String, Reader> components) {
        return in -> {
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            components.forEach((name, component) -> record.put(name, component.apply(in)));
            return record;
        };
    }

    /// A case of several, as a map of its name to its value.
    private static Reader one(Map<String, Reader> cases) {
        return in -> {
            String name = in.text();
            Reader of = cases.get(name);
            if (of == null) {
                throw new IllegalStateException("a stored row has no case " + name);
            }
            Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
            chosen.put(name, of.apply(in));
            return chosen;
        };
    }

    private Map<String, Reader> named(char end, char separator) {
        Map<String, Reader> named = new LinkedHashMap<>();
        while (text.charAt(at) != end) {
            int colon = text.indexOf(':', at);
            String name = text.substring(at, colon);
            at = colon + 1;
            named.put(name, reader());
            if (text.charAt(at) == separator) {
                at++;
            }
        }
        at++;
        return named;
    }

    /// The texts with which a key begins; what is not text ends them.
    public static List<String> texts(byte[] key) {
        List<String> texts = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i + 1 < key.length; i++) {
            if (key[i] == 0 && key[i + 1] == 1) {
                texts.add(new String(key, begin, i - begin, StandardCharsets.UTF_8));
                begin = i + 2;
                i++;
            } else if (key[i] == 0 && key[i + 1] != (byte) 0xFF) {
                return texts;
            }
        }
        return texts;
    }
}
