package dev.cloudjar.services.dynamodb.expression;

import java.util.EnumMap;
import java.util.Map;

/// What is wrong with an expression beyond its syntax. DynamoDB reports it only once the syntax holds, and not
/// in the order of the text but kind by kind.
record Problems(Map<Problems.Rank, String> first) {
    /// Kinds of problems, those first that are reported first.
    enum Rank {
        RESERVED_WORD,
        UNKNOWN_FUNCTION,
        MISPLACED_FUNCTION,
        UNDEFINED,
        OPERAND_COUNT,
        CLASH,
        OPERAND,
        STRUCTURE
    }

    Problems() {
        this(new EnumMap<>(Rank.class));
    }

    void add(Rank rank, String message) {
        first.putIfAbsent(rank, message);
    }
}
