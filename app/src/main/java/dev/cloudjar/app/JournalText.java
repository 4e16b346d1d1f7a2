package dev.cloudjar.app;

import dev.cloudjar.kernel.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The journal for people: a line a call.
final class JournalText {
    /// Lines, and the number of the last call that they or the filter covered.
    record Page(String text, String last) {}

    private JournalText() {}

    /// The answer of `/_cloudjar/journal` as lines.
    static Page of(String json) {
        var page = Json.object(json).orElseThrow(() -> new IllegalArgumentException("The answer is no journal."));
        var text = new StringBuilder();
        for (Map<String, @Nullable Object> entry : objects(page.get("entries"))) {
            line(text, entry);
        }
        return new Page(text.toString(), String.valueOf(page.get("last")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, @Nullable Object>>) list;
    }

    private static void line(StringBuilder text, Map<String, @Nullable Object> entry) {
        text.append(entry.get("sequence")).append("  ").append(entry.get("at")).append("  ");
        text.append(entry.get("service"))
                .append(' ')
                .append(entry.get("operation"))
                .append("  ");
        text.append(entry.get("principal"))
                .append("  ")
                .append(entry.get("region"))
                .append('\n');
        for (Map<String, @Nullable Object> row : objects(entry.get("touched"))) {
            text.append(Boolean.TRUE.equals(row.get("deleted")) ? "    - " : "    + ");
            text.append(row.get("what")).append('\n');
        }
    }
}
