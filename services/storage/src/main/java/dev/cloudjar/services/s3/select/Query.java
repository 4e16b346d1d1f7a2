package dev.cloudjar.services.s3.select;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A query as it was understood. It belongs to one run: its aggregates hold what they have seen.
public record Query(
        List<Column> columns, Path source, Optional<Expression> where, long limit, List<Aggregate> aggregates) {
    private static final int LONGEST = 256 << 10;

    /// A column of the answer and its name.
    record Column(String name, Expression value) {}

    /// Understands the text of a query, or refuses it in S3's words. `now` is what it takes for the time.
    public static Query of(String text, Instant now) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw Fault.EXPRESSION_TOO_LONG.error();
        }
        return new QueryGrammar(text, now).query();
    }

    /// Whether the query looks into records beyond their columns, which only JSON has.
    public boolean isNested() {
        return !source.steps().isEmpty();
    }

    boolean selectsAll() {
        return columns.isEmpty();
    }

    /// The record of the answer that a record of the object becomes.
    Map<String, Object> project(Row row) {
        if (selectsAll()) {
            return row.columns();
        }
        var answer = new LinkedHashMap<String, Object>();
        for (Column column : columns) {
            Object value = column.value().of(row);
            if (value != Absent.MISSING || columns.size() > 1) {
                answer.put(column.name(), value);
            }
        }
        return answer;
    }
}
