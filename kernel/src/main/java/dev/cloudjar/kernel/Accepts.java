package dev.cloudjar.kernel;

import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which values a parameter takes, said as a value itself. Settings that travel as text in a map are asked as
/// members of a request are: a range takes the digits of a number, too.
@FunctionalInterface
public interface Accepts {
    /// Values of any kind.
    Accepts ANYTHING = _ -> true;

    /// A text that is a JSON object.
    Accepts JSON_OBJECT = value -> Json.object(value.toString()).isPresent();

    boolean takes(Object value);

    /// Whole numbers from `min` to `max`, both included.
    static Accepts range(long min, long max) {
        return value -> switch (value) {
            case Number number -> number.longValue() >= min && number.longValue() <= max;
            case String text -> isWhole(text) && Long.parseLong(text) >= min && Long.parseLong(text) <= max;
            default -> false;
        };
    }

    private static boolean isWhole(String text) {
        int sign = text.startsWith("-") ? 1 : 0;
        return text.length() > sign
                && text.length() < 19
                && text.chars().skip(sign).allMatch(c -> c >= '0' && c <= '9');
    }

    /// Texts of so many characters, lists and maps of so many elements.
    static Accepts length(int min, int max) {
        return value -> {
            int length = switch (value) {
                case String text -> text.length();
                case Collection<?> list -> list.size();
                case Map<?, ?> map -> map.size();
                default -> min - 1;
            };
            return length >= min && length <= max;
        };
    }

    /// Texts of `min` to `max` characters, each of which `characters` has: `a-zA-Z0-9_-`, where a hyphen
    /// between two stands for all from the one to the other.
    static Accepts text(int min, int max, String characters) {
        BitSet allowed = new BitSet(128);
        for (int i = 0; i < characters.length(); i++) {
            boolean range = i + 2 < characters.length()
                    && characters.charAt(i + 1) == '-'
                    && characters.charAt(i) < characters.charAt(i + 2);
            allowed.set(characters.charAt(i), (range ? characters.charAt(i + 2) : characters.charAt(i)) + 1);
            i += range ? 2 : 0;
        }
        return value -> value instanceof String text
                && text.length() >= min
                && text.length() <= max
                && text.chars().allMatch(allowed::get);
    }

    /// Texts that `regex` matches as a whole; for what is asked seldom, since a pattern costs more than the
    /// others.
    static Accepts pattern(String regex) {
        Predicate<String> whole = Pattern.compile(regex).asMatchPredicate();
        return value -> value instanceof String text && whole.test(text);
    }

    static Accepts oneOf(String... values) {
        return oneOf(Set.of(values));
    }

    static Accepts oneOf(Collection<String> values) {
        Set<String> all = Set.copyOf(values);
        return value -> value instanceof String text && all.contains(text);
    }
}
