package dev.cloudjar.conformance.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a card no longer says of an operation. Rewriting does not accept it; `-Dcloudjar.worse=true` does.
final class Worse {
    private static final List<String> KEPT = List.of("answered", "laws", "enforced", "durable", "clients");

    private Worse() {}

    /// `DeleteQueue: laws: deleted is gone`, a line each.
    static List<String> than(String before, String after) {
        Map<String, Map<String, String>> now = rows(after);
        var lost = new ArrayList<String>();
        rows(before).forEach((operation, had) -> {
            Map<String, String> has = now.getOrDefault(operation, Map.of());
            for (String column : KEPT) {
                Set<String> words = words(column, had);
                words.removeAll(words(column, has));
                words.forEach(word -> lost.add(operation + ": " + column + ": " + word));
            }
        });
        return lost;
    }

    /// Which test calls an operation may change.
    private static Set<String> words(String column, Map<String, String> row) {
        return Arrays.stream(row.getOrDefault(column, "").split(", "))
                .map(word -> word.replaceFirst(" \\(.*", ""))
                .filter(word -> !word.isEmpty() && !word.equals("no"))
                .collect(Collectors.toSet());
    }

    private static Map<String, Map<String, String>> rows(String page) {
        List<String[]> lines = page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" *\\| *", -1))
                .toList();
        var rows = new LinkedHashMap<String, Map<String, String>>();
        for (String[] cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (int i = 2; i < Math.min(cells.length, lines.getFirst().length); i++) {
                row.put(lines.getFirst()[i], cells[i]);
            }
            rows.put(cells[1], row);
        }
        return rows;
    }
}
