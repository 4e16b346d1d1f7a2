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

    /// The rows of the table of a page, by the heads of its columns.
    static List<Map<String, String>> rows(String page) {
        List<List<String>> lines = page.lines()
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
