package dev.cloudjar.kernel;

import java.util.List;

/// One condition of a listing, as EC2 and its kin have it: any of `values` of what is called `name`. In a
/// value, `*` stands for any characters and `?` for one, unless a backslash precedes.
public record Filter(String name, List<String> values) {
    static final String TAG = "tag:";
    static final String TAG_KEY = "tag-key";
    static final String TAG_VALUE = "tag-value";

    public Filter {
        values = List.copyOf(values);
    }

    /// Whether one of `texts` is one of the values.
    public boolean matches(List<String> texts) {
        return texts.stream().anyMatch(text -> values.stream().anyMatch(value -> matches(value, 0, text, 0)));
    }

    static boolean matches(String pattern, String text) {
        return matches(pattern, 0, text, 0);
    }

    /// Goes along both, and back to the last asterisk where they part.
    private static boolean matches(String pattern, int fromPattern, String text, int fromText) {
        int p = fromPattern;
        int t = fromText;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            boolean escaped = wanted == '\\' && p + 1 < pattern.length();
            char literal = escaped ? pattern.charAt(p + 1) : wanted;
            if (wanted == '*' && p < pattern.length()) {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (!escaped && wanted == '?' || literal == text.charAt(t))) {
                p += escaped ? 2 : 1;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
