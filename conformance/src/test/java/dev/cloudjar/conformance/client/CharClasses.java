package dev.cloudjar.conformance.client;

import dev.cloudjar.conformance.client.PatternParser.Range;
import java.util.ArrayList;
import java.util.List;

/// Reads classes of characters: `[a-z\d]`, `\p{L}`, `\x{9}`. Those that are friendlier to read come first.
final class CharClasses {
    private static final List<Range> LETTERS = List.of(new Range('a', 'z'), new Range('A', 'Z'));
    private static final List<Range> DIGITS = List.of(new Range('0', '9'));
    private static final List<Range> WORD =
            List.of(new Range('a', 'z'), new Range('A', 'Z'), new Range('0', '9'), new Range('_', '_'));
    private static final List<Range> SPACE = List.of(new Range(' ', ' '));
    private static final List<Range> VISIBLE = List.of(
            new Range('a', 'z'),
            new Range('A', 'Z'),
            new Range('0', '9'),
            new Range('-', '-'),
            new Range('!', '/'),
            new Range(':', '@'),
            new Range(' ', ' '));

    private final PatternParser in;

    CharClasses(PatternParser in) {
        this.in = in;
    }

    /// What follows `[`.
    List<Range> bracket() {
        boolean negated = in.skip("^");
        var ranges = new ArrayList<Range>();
        boolean first = true;
        while (first || !in.sees("]")) {
            first = false;
            if (in.skip("&&[")) {
                in.until(']');
            } else if (in.skip("[:")) {
                ranges.addAll(named(in.until(':')));
                in.skip("]");
            } else if (in.skip("[")) {
                ranges.addAll(bracket());
            } else {
                item(ranges);
            }
        }
        in.skip("]");
        return negated ? others(ranges) : friendliestFirst(ranges);
    }

    private void item(List<Range> ranges) {
        List<Range> start = single();
        boolean range = start.size() == 1
                && start.getFirst().first() == start.getFirst().last();
        if (range && in.sees("-") && !in.sees("-]") && !in.sees("-\\w") && !in.sees("-\\d") && !in.sees("-\\s")) {
            in.skip("-");
            ranges.add(new Range(
                    start.getFirst().first(),
                    Math.max(start.getFirst().first(), single().getFirst().first())));
        } else {
            ranges.addAll(start);
        }
    }

    private List<Range> single() {
        char c = in.next();
        if (c == '\\') {
            return escape();
        }
        return Character.isHighSurrogate(c) ? one(Character.toCodePoint(c, in.next())) : one(c);
    }

    /// What follows a backslash.
    List<Range> escape() {
        char c = in.next();
        return switch (c) {
            case 'd' -> DIGITS;
            case 'w' -> WORD;
            case 's' -> SPACE;
            case 'S', 'D', 'W' -> c == 'W' ? List.of(new Range('-', '-')) : LETTERS;
            case 'p' -> property();
            case 'P' -> notProperty();
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 't' -> one('\t');
            case 'f' -> one('\f');
            case 'x' -> in.skip("{") ? one(Integer.parseInt(in.until('}'), 16)) : one(hex(2));
            case 'u' -> one(hex(4));
            default -> one(c);
        };
    }

    private int hex(int digits) {
        var text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(in.next());
        }
        return Integer.parseInt(text.toString(), 16);
    }

    private List<Range> property() {
        return named(in.skip("{") ? in.until('}') : String.valueOf(in.next()));
    }

    private List<Range> notProperty() {
        property();
        return LETTERS;
    }

    private static List<Range> named(String name) {
        return switch (name) {
            case "N", "Nd", "IsN", "IsNd", "Digit", "digit" -> DIGITS;
            case "P", "Pd", "IsP", "Punct", "punct" -> one('-');
            case "Z", "Zs", "IsZ", "Space", "Blank", "space", "blank" -> SPACE;
            case "S", "Sm", "IsS" -> one('+');
            case "Sc" -> one('$');
            case "So" -> one('©');
            case "M", "Mn", "IsM" -> one('\u0301');
            case "Lu", "Upper", "upper" -> List.of(new Range('A', 'Z'));
            case "Pc" -> one('_');
            default -> LETTERS;
        };
    }

    private static List<Range> one(int c) {
        return List.of(new Range(c, c));
    }

    private static List<Range> friendliestFirst(List<Range> ranges) {
        var sorted = new ArrayList<Range>();
        ranges.stream().filter(r -> Character.isLetterOrDigit(r.first())).forEach(sorted::add);
        ranges.stream().filter(r -> !Character.isLetterOrDigit(r.first())).forEach(r -> sorted.add(visible(r)));
        return sorted;
    }

    /// A range such as space to tilde begins with a letter here: patterns often forbid spaces at the ends.
    private static Range visible(Range range) {
        return range.first() <= 'a' && range.last() >= 'z' ? new Range('a', 'z') : range;
    }

    private static List<Range> others(List<Range> excluded) {
        var rest = new ArrayList<Range>();
        for (Range range : VISIBLE) {
            for (int c = range.first(); c <= range.last(); c++) {
                int candidate = c;
                if (excluded.stream().noneMatch(r -> r.first() <= candidate && candidate <= r.last())) {
                    rest.add(new Range(c, c));
                }
            }
        }
        return rest.isEmpty() ? one('\u00e4') : rest;
    }
}
