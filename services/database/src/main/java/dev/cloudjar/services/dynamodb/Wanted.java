package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which tables a request wants, and which of their partitions: `dynamodb:LeadingKeys`.
record Wanted(Kernel kernel, Shelf<DynamoTable> tables) {
    private static final String LEADING_KEYS = "dynamodb:LeadingKeys";
    private static final Map<String, String> TRANSACTED = Map.of(
            "Get", "GetItem",
            "Put", "PutItem",
            "Update", "UpdateItem",
            "Delete", "DeleteItem",
            "ConditionCheck", "ConditionCheckItem");

    List<Access> of(OperationSchema operation, Struct input, List<Access> reference) {
        return switch (operation.name()) {
            case "GetItem", "PutItem", "UpdateItem", "DeleteItem" -> about(reference, leading(input));
            case "Query" -> about(read(input, reference), demanded((QueryInput) input));
            case "Scan" -> read(input, reference);
            case "BatchGetItem", "BatchWriteItem" -> kernel.transact(() -> batch(operation.name(), input));
            case "TransactGetItems", "TransactWriteItems" -> kernel.transact(() -> transact(input));
            default -> reference;
        };
    }

    /// A read through an index wants the index alone.
    private static List<Access> read(Struct input, List<Access> reference) {
        boolean index = input.get("IndexName") instanceof String;
        List<Access> indexes = reference.stream()
                .filter(access -> access.resource().contains("/index/"))
                .toList();
        return index && !indexes.isEmpty() ? indexes : reference;
    }

    private static List<Access> about(List<Access> wanted, List<String> partitions) {
        if (partitions.isEmpty()) {
            return wanted;
        }
        var about = new ArrayList<Access>(wanted.size());
        for (Access access : wanted) {
            about.add(access.with(LEADING_KEYS, partitions.toArray(String[]::new)));
        }
        return about;
    }

    /// The partition of the item that `input` names by its key or brings along. What is the only attribute of a
    /// key is the partition.
    private List<String> leading(Struct input) {
        if (!(input.get("TableName") instanceof String table)) {
            return List.of();
        }
        if (input.get("Key") instanceof Map<?, ?> key) {
            boolean alone = key.size() == 1 && key.values().iterator().next() instanceof Struct;
            return alone
                    ? text((Struct) key.values().iterator().next())
                            .map(List::of)
                            .orElse(List.of())
                    : leading(table, Stream.of(key)).toList();
        }
        return leading(table, Stream.ofNullable(input.get("Item"))).toList();
    }

    private Stream<String> leading(String table, Stream<?> items) {
        Optional<String> hash = hash(table);
        return items.flatMap(item -> item instanceof Map<?, ?> attributes
                        ? hash.flatMap(name -> Optional.ofNullable(attributes.get(name))).stream()
                        : Stream.<Object>of())
                .flatMap(value -> value instanceof Struct attribute ? text(attribute).stream() : Stream.of());
    }

    private Optional<String> hash(String table) {
        return tables.find(TableNames.of(table))
                .map(found -> found.keys().hash().getFirst().name());
    }

    private static Optional<String> text(Struct value) {
        if (value.get("B") instanceof Blob bytes) {
            return Optional.of(Base64.getEncoder().encodeToString(bytes.bytes()));
        }
        return Optional.ofNullable((String) value.get("S")).or(() -> Optional.ofNullable((String) value.get("N")));
    }

    /// The partition that the key condition of a query names, of its table or index.
    private List<String> demanded(QueryInput in) {
        Optional<KeyCondition> condition = in.keyConditionExpression()
                .map(text -> KeyCondition.parse(text, Placeholders.of(in)))
                .or(() -> in.hasKeyConditions() ? Optional.of(LegacyConditions.keys(in)) : Optional.empty());
        return condition.stream()
                .flatMap(found -> found.demands().values().stream())
                .filter(KeyCondition.Demand::isEquality)
                .limit(1)
                .flatMap(demand -> text(demand.values().getFirst()).stream())
                .toList();
    }

    private static Optional<String> text(Value value) {
        return switch (value) {
            case Value.S string -> Optional.of(string.text());
            case Value.N number -> Optional.of(number.text());
            case Value.B bytes ->
                Optional.of(Base64.getEncoder().encodeToString(bytes.bytes().bytes()));
            default -> Optional.empty();
        };
    }

    private List<Access> batch(String operation, Struct input) {
        var wanted = new ArrayList<Access>();
        if (input.get("RequestItems") instanceof Map<?, ?> requests) {
            requests.forEach((table, request) -> {
                String name = String.valueOf(table);
                List<Access> access = List.of(access(operation, name));
                wanted.addAll(about(access, leading(name, keys(request)).toList()));
            });
        }
        return wanted;
    }

    /// The keys that a batch reads or deletes, and the items that it writes.
    private static Stream<?> keys(Object request) {
        if (request instanceof Struct read) {
            return read.get("Keys") instanceof List<?> keys ? keys.stream() : Stream.of();
        }
        return request instanceof List<?> writes
                ? writes.stream()
                        .filter(Struct.class::isInstance)
                        .map(Struct.class::cast)
                        .flatMap(write ->
                                Stream.of(member(write, "PutRequest", "Item"), member(write, "DeleteRequest", "Key")))
                        .flatMap(Optional::stream)
                : Stream.of();
    }

    private static Optional<Object> member(Struct write, String request, String name) {
        return write.get(request) instanceof Struct inner ? Optional.ofNullable(inner.get(name)) : Optional.empty();
    }

    private List<Access> transact(Struct input) {
        var wanted = new ArrayList<Access>();
        if (input.get("TransactItems") instanceof List<?> items) {
            for (Object item : items) {
                TRANSACTED.forEach((member, action) -> {
                    if (item instanceof Struct each
                            && each.shape().member(member).isPresent()
                            && each.get(member) instanceof Struct part
                            && part.get("TableName") instanceof String table) {
                        wanted.addAll(about(List.of(access(action, table)), leading(part)));
                    }
                });
            }
        }
        return wanted;
    }

    private static Access access(String action, String table) {
        String arn = table.startsWith("arn:")
                ? table
                : Arn.here(DynamoDbService.ID, "table/" + table).toString();
        return Access.of("dynamodb:" + action, arn);
    }
}
