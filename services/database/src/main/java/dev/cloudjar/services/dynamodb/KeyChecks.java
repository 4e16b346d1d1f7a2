package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds items and keys to the keys of their table and its indexes.
final class KeyChecks {
    private static final int LONGEST_HASH = 2048;
    private static final int LONGEST_RANGE = 1024;

    private KeyChecks() {}

    /// Refuses an item that lacks a key or has one of the wrong type.
    static void checkItem(DynamoTable table, Map<String, Value> item) {
        table.keys().all().forEach(key -> {
            Value value = item.get(key.name());
            if (value == null) {
                throw Refusals.parameters("Missing the key %s in the item", key.name());
            }
            if (value.type() != key.type()) {
                throw Refusals.parameters(
                        "Type mismatch for key %s expected: %s actual: %s", key.name(), key.type(), value.type());
            }
            checkNotEmpty(key.name(), value);
        });
        checkLengths(table.keys(), item);
        table.indexes().forEach(index -> checkIndex(index, item));
    }

    /// Refuses a key that is not exactly the table's.
    static void checkKey(Keys keys, Map<String, Value> key) {
        if (key.size() != keys.size()) {
            throw mismatch();
        }
        checkTypes(keys, key);
        keys.all().forEach(attribute -> checkNotEmpty(attribute.name(), key.get(attribute.name())));
        checkLengths(keys, key);
    }

    /// Refuses what lacks an attribute of the key or has one of another type.
    static void checkTypes(Keys keys, Map<String, Value> attributes) {
        keys.all().forEach(attribute -> {
            Value value = attributes.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                throw mismatch();
            }
        });
    }

    /// Refuses an expression that looks for something within an attribute of a key.
    static void checkScalars(DynamoTable table, List<Path> nested) {
        if (nested.isEmpty()) {
            return;
        }
        checkScalars(table.keys(), "Key", nested);
        table.indexes().forEach(index -> checkScalars(index.keys(), "IndexKey", nested));
    }

    private static void checkScalars(Keys keys, String role, List<Path> nested) {
        nested.stream().map(Path::attribute).filter(keys::has).findFirst().ifPresent(name -> {
            throw Refusals.invalid(
                    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:"
                            + " %s: %s",
                    role, name);
        });
    }

    static AwsError mismatch() {
        return Refusals.invalid("The provided key element does not match the schema");
    }

    private static void checkNotEmpty(String name, @Nullable Value value) {
        if (value != null && Sizes.of(value) == 0) {
            throw Refusals.invalid(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain"
                            + " an empty %s value. Key: %s",
                    value.type() == Type.S ? "string" : "binary", name);
        }
    }

    private static void checkLengths(Keys keys, Map<String, Value> item) {
        for (KeyAttribute key : keys.hash()) {
            Value value = item.get(key.name());
            if (value != null && Sizes.of(value) > LONGEST_HASH) {
                throw Refusals.parameters("Size of hashkey has exceeded the maximum size limit of2048 bytes");
            }
        }
        for (KeyAttribute key : keys.range()) {
            Value value = item.get(key.name());
            if (value != null && Sizes.of(value) > LONGEST_RANGE) {
                throw Refusals.parameters(
                        "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
            }
        }
    }

    /// Refuses an item whose attributes cannot be keys of an index that has them as keys.
    private static void checkIndex(Index index, Map<String, Value> item) {
        index.keys().all().forEach(key -> {
            Value value = item.get(key.name());
            if (value != null && value.type() != key.type()) {
                throw Refusals.parameters(
                        "Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s",
                        key.name(), key.type(), value.type(), index.name());
            }
            if (value != null) {
                checkNotEmpty(index, key.name(), value);
            }
        });
        checkLengths(index.keys(), item);
    }

    private static void checkNotEmpty(Index index, String name, Value value) {
        if (Sizes.of(value) == 0) {
            throw Refusals.invalid(
                    "One or more parameter values are not valid. A value specified for a secondary index key"
                            + " is not supported. The AttributeValue for a key attribute cannot contain an"
                            + " empty %s value. IndexName: %s, IndexKey: %s",
                    value.type() == Type.S ? "string" : "binary", index.name(), name);
        }
    }

    /// Refuses an update that leaves in an index's key what cannot be one.
    ///
    /// The sentences are those of the reasons why TransactWriteItems is cancelled:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    static void checkUpdated(DynamoTable table, Map<String, Value> item) {
        for (Index index : table.indexes()) {
            index.keys().all().forEach(key -> {
                Value value = item.get(key.name());
                if (value != null && value.type() != key.type()) {
                    throw Refusals.invalid(
                            "The update expression attempted to update the secondary index key to unsupported type");
                }
                int most = index.keys().hash().contains(key) ? LONGEST_HASH : LONGEST_RANGE;
                if (value != null && Sizes.of(value) > most) {
                    throw Refusals.invalid("The update expression attempted to update the secondary index key beyond"
                            + " allowed size limits");
                }
                if (value != null) {
                    checkNotEmpty(index, key.name(), value);
                }
            });
        }
    }

    /// Refuses values by which no key of a table or index can be found.
    static void checkDemanded(Source source, Map<String, KeyCondition.Demand> demands) {
        demands.forEach((name, demand) -> demand.values().forEach(value -> {
            if (source.keys().has(name)) {
                source.index()
                        .ifPresentOrElse(index -> checkNotEmpty(index, name, value), () -> checkNotEmpty(name, value));
                checkLengths(source.keys(), Map.of(name, value));
            }
        }));
    }
}
