package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam.Position;
import dev.cloudjar.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where in the text of a policy its statements stand.
final class Positions {
    /// From the brace that opens a statement to behind the one that closes it.
    record Stretch(Position start, Position end) {}

    private final String text;

    private Positions(String text) {
        this.text = text;
    }

    /// The statement of that Sid, or at that place.
    static Optional<Stretch> of(String document, String name) {
        List<int[]> found = new Positions(document).statements();
        int place = place(document, name);
        return place >= 0 && place < found.size()
                ? Optional.of(
                        new Stretch(position(document, found.get(place)[0]), position(document, found.get(place)[1])))
                : Optional.empty();
    }

    private static int place(String document, String name) {
        Object statements = Json.object(document).orElse(Map.of()).get("Statement");
        if (statements instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> statement && name.equals(statement.get("Sid"))) {
                    return i;
                }
            }
        }
        boolean number = !name.isEmpty() && name.length() < 4 && name.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(name) : 0;
    }

    private static Position position(String text, int at) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new Position().line(line).column(column);
    }

    /// The objects directly under `Statement`, which is a list of them or one.
    private List<int[]> statements() {
        var found = new ArrayList<int[]>();
        int depth = 0;
        int opened = -1;
        int level = Integer.MAX_VALUE;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = closing(i);
                if (depth == 1 && text.substring(i, end + 1).equals("\"Statement\"")) {
                    level = text.charAt(next(next(end + 1) + 1)) == '[' ? 2 : 1;
                }
                i = end;
            } else if (c == '{' || c == '[') {
                opened = c == '{' && depth == level ? i : opened;
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (c == '}' && depth == level) {
                    found.add(new int[] {opened, i + 1});
                    level = level == 1 ? Integer.MAX_VALUE : level;
                } else if (c == ']' && depth == 1) {
                    level = Integer.MAX_VALUE;
                }
            }
        }
        return found;
    }

    private int closing(int quote) {
        int at = quote + 1;
        while (at < text.length() - 1 && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length() - 1);
    }

    private int next(int from) {
        int at = from;
        while (at < text.length() - 1 && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return Math.min(at, text.length() - 1);
    }
}
