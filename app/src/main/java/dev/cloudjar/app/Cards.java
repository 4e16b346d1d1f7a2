package dev.cloudjar.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages of `docs/coverage` as they are within the jar: what is built, and which tests show it. The
/// conformance tests write them.
final class Cards {
    private Cards() {}

    /// The page of a service, or of all where none is named; nothing where nothing of the service is built.
    static Optional<String> page(Optional<String> service) throws IOException {
        String name = service.orElse("README");
        if (!name.matches("[a-zA-Z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream in = Cards.class.getResourceAsStream("coverage/" + name + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// The totals of each family, and by service.
    static List<Map<String, String>> families() throws IOException {
        return page(Optional.empty()).map(page -> rows(page, "family")).orElse(List.of());
    }

    static List<Map<String, String>> totals() throws IOException {
        return page(Optional.empty()).map(page -> rows(page, "service")).orElse(List.of());
    }

    /// The rows of the page of a service, one for each operation.
    static List<Map<String, String>> operations(String page) {
        return rows(page, "operation");
    }

    /// The rows of the table whose first column is called `first`, by the heads of its columns.
    private static List<Map<String, String>> rows(String page, String first) {
        List<List<String>> lines = page.lines()
                .dropWhile(line -> !line.startsWith("| " + first + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        var rows = new ArrayList<Map<String, String>>();
        for (List<String> cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < Math.min(cells.size(), lines.getFirst().size()); i++) {
                row.put(lines.getFirst().get(i), cells.get(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
