package dev.cloudjar.services.s3.select;

import dev.cloudjar.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How records are written into the answer.
public sealed interface OutputFormat {
    /// A record with the mark that ends it.
    String write(Map<String, Object> row);

    /// Fields between quotes, all of them or those that need it.
    record Csv(CsvFormat.Marks marks, boolean quotesAll) implements OutputFormat {
        @Override
        public String write(Map<String, Object> row) {
            var line = new StringBuilder();
            boolean first = true;
            for (Object value : row.values()) {
                line.append(first ? "" : marks.field()).append(field(value));
                first = false;
            }
            return line.append(marks.record()).toString();
        }

        private String field(Object value) {
            boolean nested = value instanceof Map || value instanceof List;
            String text = nested ? Json.write(Output.plain(value)) : Conversion.text(value);
            boolean needs = quotesAll
                    || text.contains(marks.field())
                    || text.contains(marks.record())
                    || text.contains(marks.quote());
            return needs
                    ? marks.quote() + text.replace(marks.quote(), marks.escape() + marks.quote()) + marks.quote()
                    : text;
        }
    }

    /// Objects; what is missing is left out.
    record JsonLines(String record) implements OutputFormat {
        @Override
        public String write(Map<String, Object> row) {
            return Json.write(Output.plain(row)) + record;
        }
    }

    /// Values as JSON has them.
    final class Output {
        private Output() {}

        static @Nullable Object plain(Object value) {
            return switch (value) {
                case Map<?, ?> map -> {
                    Map<String, @Nullable Object> members = LinkedHashMap.newLinkedHashMap(map.size());
                    map.forEach((name, member) -> {
                        if (member != Absent.MISSING) {
                            members.put((String) name, plain(member));
                        }
                    });
                    yield members;
                }
                case List<?> list -> {
                    List<@Nullable Object> values = new java.util.ArrayList<>(list.size());
                    list.forEach(each -> values.add(plain(each)));
                    yield values;
                }
                case Absent _ -> null;
                default -> value;
            };
        }
    }
}
