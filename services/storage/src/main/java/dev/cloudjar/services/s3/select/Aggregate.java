package dev.cloudjar.services.s3.select;

import java.math.BigDecimal;
import java.util.List;

/// A function over all records: it takes one after the other, and then has its value.
final class Aggregate implements Expression {
    static final List<String> NAMES = List.of("AVG", "COUNT", "MAX", "MIN", "SUM");

    private final String name;
    private final Expression argument;
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
    private Object most = Absent.NULL;

    Aggregate(String name, Expression argument) {
        this.name = name;
        this.argument = argument;
    }

    /// Takes in a record; what is absent does not count.
    void take(Row row) {
        Object value = argument.of(row);
        if (value instanceof Absent) {
            return;
        }
        count++;
        switch (name) {
            case "SUM", "AVG" -> sum = sum.add(Operators.number(value));
            case "MAX" -> most = isFirst(value) || order(value) > 0 ? value : most;
            case "MIN" -> most = isFirst(value) || order(value) < 0 ? value : most;
            default -> {}
        }
    }

    private boolean isFirst(Object value) {
        return most instanceof Absent && !(value instanceof Absent);
    }

    private int order(Object value) {
        return Operators.compare(value, most).orElseThrow(Fault.EVALUATION::error);
    }

    @Override
    public Object of(Row row) {
        return switch (name) {
            case "COUNT" -> BigDecimal.valueOf(count);
            case "SUM" -> count == 0 ? Absent.NULL : sum;
            case "AVG" -> count == 0 ? Absent.NULL : Operators.exact(sum, BigDecimal.valueOf(count));
            default -> most;
        };
    }
}
