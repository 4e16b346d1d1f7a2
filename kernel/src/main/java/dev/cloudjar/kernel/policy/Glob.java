package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A text of a policy in which `*` stands for anything, `?` for one character, and `${key}` for what the request
/// has under that key. What a variable brings in is never a wildcard.
final class Glob {
    private static final char ANY = '\uE000';
    private static final char ONE = '\uE001';

    /// A stretch of text with its wildcards marked, or a variable and what it falls back to.
    private record Part(char[] text, String key, @Nullable String otherwise) {}

    private final char[] fixed;
    private final List<Part> parts;

    private Glob(char[] fixed, List<Part> parts) {
        this.fixed = fixed;
        this.parts = parts;
    }

    /// Wildcards and variables.
    static Glob of(String text) {
        return text.contains("${") ? new Glob(new char[0], split(text)) : plain(text);
    }

    /// Wildcards alone, as in an action or a policy of 2008.
    static Glob plain(String text) {
        return new Glob(marked(text), List.of());
    }

    /// Variables alone: `*` and `?` are themselves, as StringEquals wants it.
    static Glob exact(String text) {
        Glob glob = of(text);
        glob.parts.forEach(part -> unmark(part.text()));
        unmark(glob.fixed);
        return glob;
    }

    /// The text as it stands.
    static Glob exactly(String text) {
        return new Glob(text.toCharArray(), List.of());
    }

    private static char[] marked(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = chars[i] == '*' ? ANY : chars[i] == '?' ? ONE : chars[i];
        }
        return chars;
    }

    private static void unmark(char[] chars) {
        for (int i = 0; i < chars.length; i++) {
            chars[i] = chars[i] == ANY ? '*' : chars[i] == ONE ? '?' : chars[i];
        }
    }

    private static List<Part> split(String text) {
        var parts = new ArrayList<Part>();
        int at = 0;
        int open = text.indexOf("${");
        while (open >= 0) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            parts.add(new Part(marked(text.substring(at, open)), "", null));
            parts.add(variable(text.substring(open + 2, close)));
            at = close + 1;
            open = text.indexOf("${", at);
        }
        parts.add(new Part(marked(text.substring(at)), "", null));
        return List.copyOf(parts);
    }

    /// `${*}`, `${?}` and `${$}` are those characters; a default stands behind a comma, in quotes.
    private static Part variable(String name) {
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            return new Part(name.toCharArray(), "", null);
        }
        int comma = name.indexOf(',');
        String key = (comma < 0 ? name : name.substring(0, comma)).strip().toLowerCase(Locale.ROOT);
        return new Part(
                new char[0],
                key,
                comma < 0 ? null : unquoted(name.substring(comma + 1).strip()));
    }

    private static @Nullable String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : null;
    }

    /// The condition keys that its variables ask for.
    List<String> keys() {
        return parts.stream().map(Part::key).filter(key -> !key.isEmpty()).toList();
    }

    boolean isAny() {
        return parts.isEmpty() && fixed.length == 1 && fixed[0] == ANY;
    }

    boolean isFixed() {
        return parts.isEmpty();
    }

    /// Of a pattern without variables: how long it is behind its last wildcard, the hash of that read
    /// backwards, and the same of what stands before its first.
    int[] ends() {
        int tail = 0;
        int tailHash = 0;
        while (tail < fixed.length && !isWildcard(fixed[fixed.length - 1 - tail])) {
            tailHash = Print.more(tailHash, fixed[fixed.length - 1 - tail]);
            tail++;
        }
        int head = 0;
        int headHash = 0;
        while (head < fixed.length && !isWildcard(fixed[head])) {
            headHash = Print.more(headHash, fixed[head]);
            head++;
        }
        return new int[] {tail, tailHash, head, headHash};
    }

    private static boolean isWildcard(char c) {
        return c == ANY || c == ONE;
    }

    boolean matches(String text, Values values) {
        char[] pattern = pattern(values);
        return pattern != null && matches(pattern, text);
    }

    /// The text with its variables replaced, or nothing where one of them has no single value.
    @Nullable
    String resolved(Values values) {
        char[] pattern = pattern(values);
        if (pattern == null) {
            return null;
        }
        char[] copy = pattern.clone();
        unmark(copy);
        return new String(copy);
    }

    private char @Nullable [] pattern(Values values) {
        if (parts.isEmpty()) {
            return fixed;
        }
        var built = new StringBuilder();
        for (Part part : parts) {
            built.append(part.text());
            if (!part.key().isEmpty()) {
                List<String> found = values.of(part.key());
                String value = found.size() == 1 ? found.getFirst() : found.isEmpty() ? part.otherwise() : null;
                if (value == null) {
                    return null;
                }
                built.append(value);
            }
        }
        return built.toString().toCharArray();
    }

    /// Whether what follows the last `*` is how the text ends: most texts that do not match differ there.
    private static boolean endsAlike(char[] pattern, String text) {
        int at = pattern.length - 1;
        int in = text.length() - 1;
        while (at >= 0 && pattern[at] != ANY) {
            if (in < 0 || pattern[at] != ONE && pattern[at] != text.charAt(in)) {
                return false;
            }
            at--;
            in--;
        }
        return at >= 0 || in < 0;
    }

    private static boolean matches(char[] pattern, String text) {
        if (!endsAlike(pattern, text)) {
            return false;
        }
        int at = 0;
        int in = 0;
        int star = -1;
        int mark = 0;
        while (in < text.length()) {
            if (at < pattern.length && pattern[at] == ANY) {
                star = at++;
                mark = in;
            } else if (at < pattern.length && (pattern[at] == ONE || pattern[at] == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++mark;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == ANY) {
            at++;
        }
        return at == pattern.length;
    }
}
