package dev.cloudjar.app;

import dev.cloudjar.kernel.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A difference for people: `+`, `-` and `~` before each resource, attribute and table.
final class DiffText {
    private final StringBuilder text = new StringBuilder();

    private DiffText() {}

    /// The answer of `/_cloudjar/diff` as lines.
    static String of(String json) {
        var diff = Json.object(json).orElseThrow(() -> new IllegalArgumentException("The answer is no difference."));
        var lines = new DiffText();
        objects(diff.get("resources")).forEach(lines::resource);
        objects(diff.get("others")).forEach(lines::others);
        return lines.text.isEmpty() ? "There is no difference.\n" : lines.text.toString();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, @Nullable Object>>) list;
    }

    @SuppressWarnings("unchecked")
    private void sides(String indent, @Nullable Object attributes) {
        if (attributes instanceof Map<?, ?> named) {
            named.forEach(
                    (name, sides) -> attribute(indent, String.valueOf(name), (Map<String, @Nullable Object>) sides));
        }
    }

    private void resource(Map<String, @Nullable Object> changed) {
        String change = String.valueOf(changed.get("change"));
        line("", change.equals("added") ? "+" : change.equals("removed") ? "-" : "~", changed.get("arn"));
        sides("    ", changed.get("attributes"));
    }

    private void attribute(String indent, String name, Map<String, @Nullable Object> sides) {
        Object before = sides.get("before");
        Object after = sides.get("after");
        if (before == null) {
            line(indent, "+", name + ": " + Json.write(after));
        } else if (after == null) {
            line(indent, "-", name + ": " + Json.write(before));
        } else {
            line(indent, "~", name + ": " + Json.write(before) + " -> " + Json.write(after));
        }
    }

    private void others(Map<String, @Nullable Object> rows) {
        String where = rows.get("account") + " " + rows.get("region");
        line(
                "",
                "~",
                rows.get("table") + " " + where.strip() + ": " + rows.get("added") + " added, " + rows.get("removed")
                        + " removed, " + rows.get("changed") + " changed");
        for (Map<String, @Nullable Object> sample : objects(rows.get("samples"))) {
            line("    ", "", "for example");
            sides("        ", sample);
        }
    }

    private void line(String indent, String mark, @Nullable Object what) {
        text.append(indent)
                .append(mark)
                .append(mark.isEmpty() ? "" : " ")
                .append(what)
                .append('\n');
    }
}
