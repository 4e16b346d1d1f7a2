package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.Capacity;
import dev.cloudjar.api.DynamoDb.ConsumedCapacity;
import dev.cloudjar.api.DynamoDb.ReturnConsumedCapacity;
import dev.cloudjar.model.Struct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The capacity that a request has consumed of one table, and of each of its indexes.
record Consumption(DynamoTable table, Map<String, Double> units) {
    private static final String TABLE = "";
    private static final int WRITE_UNIT = 1024;
    private static final int READ_UNIT = 4096;

    Consumption(DynamoTable table) {
        this(table, new LinkedHashMap<>());
    }

    static double forWrite(int size) {
        return Math.max(1, Math.ceilDiv(size, WRITE_UNIT));
    }

    static double forRead(long size, boolean consistent) {
        return Math.max(1, Math.ceilDiv(size, READ_UNIT)) * (consistent ? 1 : 0.5);
    }

    Consumption add(double more) {
        units.merge(TABLE, more, Double::sum);
        return this;
    }

    Consumption add(Index index, double more) {
        units.merge(index.name(), more, Double::sum);
        return this;
    }

    Consumption add(Consumption more) {
        more.units.forEach((place, some) -> units.merge(place, some, Double::sum));
        return this;
    }

    double total() {
        return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Whether units are for reading or for writing is only told for transactions, which pay twice.
    enum Kind {
        PLAIN(1),
        TRANSACTED_READ(2),
        TRANSACTED_WRITE(2);

        private final int factor;

        Kind(int factor) {
            this.factor = factor;
        }
    }

    /// What is told of it to a request that names one table.
    Optional<ConsumedCapacity> report(Struct in, Kind kind) {
        return report(
                Parameters.text(in, "ReturnConsumedCapacity"),
                Parameters.text(in, "TableName").orElseThrow(),
                kind);
    }

    Optional<ConsumedCapacity> report(Optional<String> asked, String tableName, Kind kind) {
        if (asked.isEmpty() || asked.get().equals(ReturnConsumedCapacity.NONE)) {
            return Optional.empty();
        }
        var report = new ConsumedCapacity().tableName(tableName);
        set(report, total(), kind);
        if (asked.get().equals(ReturnConsumedCapacity.INDEXES)) {
            report.table(capacity(units.getOrDefault(TABLE, 0.0), kind));
            Map<String, Capacity> local = new LinkedHashMap<>();
            Map<String, Capacity> global = new LinkedHashMap<>();
            table.indexes().forEach(index -> {
                Double some = units.get(index.name());
                if (some != null) {
                    (index.isGlobal() ? global : local).put(index.name(), capacity(some, kind));
                }
            });
            Parameters.set(report, "LocalSecondaryIndexes", local);
            Parameters.set(report, "GlobalSecondaryIndexes", global);
        }
        return Optional.of(report);
    }

    private static void set(ConsumedCapacity report, double units, Kind kind) {
        report.capacityUnits(units * kind.factor);
        switch (kind) {
            case PLAIN -> {}
            case TRANSACTED_READ -> report.readCapacityUnits(units * kind.factor);
            case TRANSACTED_WRITE -> report.writeCapacityUnits(units * kind.factor);
        }
    }

    private static Capacity capacity(double units, Kind kind) {
        var capacity = new Capacity().capacityUnits(units * kind.factor);
        return switch (kind) {
            case PLAIN -> capacity;
            case TRANSACTED_READ -> capacity.readCapacityUnits(units * kind.factor);
            case TRANSACTED_WRITE -> capacity.writeCapacityUnits(units * kind.factor);
        };
    }
}
