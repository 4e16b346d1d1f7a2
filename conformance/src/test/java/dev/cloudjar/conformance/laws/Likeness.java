package dev.cloudjar.conformance.laws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What several tellings of one session have in common. A word that was another one each time, such as an id, has
/// a number, `<3>`, and stands for the same word wherever that number is; `*` stands for anything.
final class Likeness {
    private static final String ANYTHING = "*";
    private static final Pattern TOKEN = Pattern.compile("<\\d+>|[A-Za-z0-9_-]+|.", Pattern.DOTALL);
    private static final Pattern HOLE = Pattern.compile("<\\d+>");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    /// A value that is one word now may have other letters the next time.
    private static final Pattern BLOB = Pattern.compile("[A-Za-z0-9_+/=-]+");

    private final Map<List<String>, String> pairs = new HashMap<>();
    private final Map<String, String> bound = new HashMap<>();

    private Likeness() {}

    /// What two tellings have in common, line by line; they have equally many.
    static List<String> merged(List<String> one, List<String> other) {
        var likeness = new Likeness();
        var lines = new ArrayList<String>();
        for (int i = 0; i < one.size(); i++) {
            lines.add(likeness.line(one.get(i), other.get(i)));
        }
        return lines;
    }

    private String line(String one, String other) {
        String[] parts = one.split("; ", -1);
        String[] others = other.split("; ", -1);
        if (parts.length != others.length) {
            return ANYTHING;
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = leaf(parts[i], others[i]);
        }
        return String.join("; ", parts);
    }

    private String leaf(String one, String other) {
        List<String> tokens = tokens(one);
        List<String> others = tokens(other);
        if (tokens.size() != others.size()) {
            return start(one) + ANYTHING;
        }
        var leaf = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals(others.get(i))) {
                leaf.append(token);
            } else if (WORD.matcher(token).matches()
                    && WORD.matcher(others.get(i)).matches()) {
                leaf.append(pairs.computeIfAbsent(List.of(token, others.get(i)), pair -> "<" + pairs.size() + ">"));
            } else {
                return start(one) + ANYTHING;
            }
        }
        return leaf.toString();
    }

    /// `told` with the words of `template` wherever it is like that. What is unlike is as it was told, or
    /// anything if that is `widened`.
    static List<String> like(List<String> template, List<String> told, boolean widened) {
        var likeness = new Likeness();
        var lines = new ArrayList<String>();
        for (int i = 0; i < told.size(); i++) {
            lines.add(likeness.lineLike(i < template.size() ? template.get(i) : "", told.get(i), widened));
        }
        return lines;
    }

    private String lineLike(String template, String told, boolean widened) {
        String[] parts = told.split("; ", -1);
        String[] like = template.split("; ", -1);
        if (template.equals(ANYTHING)) {
            return template;
        }
        if (parts.length != like.length) {
            return widened ? ANYTHING : told;
        }
        for (int i = 0; i < parts.length; i++) {
            if (isLike(like[i], parts[i])) {
                parts[i] = like[i];
            } else if (widened) {
                parts[i] = start(parts[i]) + ANYTHING;
            }
        }
        return String.join("; ", parts);
    }

    /// What does not fit binds no words.
    private boolean isLike(String template, String told) {
        if (template.endsWith(ANYTHING) && template.equals(start(told) + ANYTHING)) {
            return true;
        }
        var binding = new HashMap<>(bound);
        boolean like = start(template).equals(start(told))
                        && HOLE.matcher(value(template)).matches()
                ? BLOB.matcher(value(told)).matches() && binds(value(template), value(told), binding)
                : fits(tokens(template), tokens(told), binding);
        if (like) {
            bound.putAll(binding);
        }
        return like;
    }

    private static boolean fits(List<String> like, List<String> tokens, Map<String, String> binding) {
        if (like.size() != tokens.size()) {
            return false;
        }
        for (int i = 0; i < like.size(); i++) {
            String token = tokens.get(i);
            boolean same = HOLE.matcher(like.get(i)).matches()
                    ? WORD.matcher(token).matches() && binds(like.get(i), token, binding)
                    : like.get(i).equals(token);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean binds(String hole, String word, Map<String, String> binding) {
        return binding.computeIfAbsent(hole, unbound -> word).equals(word);
    }

    /// The same, where numbers stand in the order in which they come first: which were needed on the way is
    /// chance.
    static List<String> numbered(List<String> likeness) {
        var numbers = new HashMap<String, String>();
        return likeness.stream()
                .map(line -> HOLE.matcher(line)
                        .replaceAll(hole -> numbers.computeIfAbsent(hole.group(), old -> "<" + numbers.size() + ">")))
                .toList();
    }

    /// What stands after the name of a leaf.
    private static String value(String leaf) {
        return leaf.substring(leaf.indexOf('=') + 1);
    }

    /// The name of a leaf.
    private static String start(String leaf) {
        return leaf.substring(0, leaf.indexOf('=') + 1);
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
