package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Values;
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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Which tables a request wants, which of their partitions, `dynamodb:LeadingKeys`, and what else policies may
/// ask of it.
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
            case "GetItem", "PutItem", "UpdateItem", "DeleteItem" -> about(reference, leading(input), input);
            case "Query" -> about(read(input, reference), demanded((QueryInput) input), input);
            case "Scan" -> about(read(input, reference), List.of(), input);
            case "BatchGetItem", "BatchWriteItem" -> kernel.transact(() -> batch(operation.name(), input));
            case "TransactGetItems", "TransactWriteItems" -> kernel.transact(() -> transact(operation.name(), input));
            case "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction" ->
                kernel.transact(() -> new WantedStatements(tables).of(input));
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

    private static List<Access> about(List<Access> wanted, List<String> partitions, Struct input) {
        var about = new ArrayList<Access>(wanted.size());
        for (Access access : wanted) {
            about.add(about(access, partitions, ItemFacts.of(input)));
        }
        return about;
    }

    static Access about(Access access, List<String> partitions, Values asked) {
        Access about = access.asking(asked);
        return partitions.isEmpty() ? about : about.with(LEADING_KEYS, partitions.toArray(String[]::new));
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

    static Optional<String> text(Value value) {
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
                var asked = new ItemFacts(input, parts(request), Optional.empty());
                wanted.add(about(
                        access(operation, name),
                        leading(name, keys(asked.parts())).toList(),
                        asked));
            });
        }
        return wanted;
    }

    /// What of a batch is about one table: one read, or several writes.
    private static List<Struct> parts(Object request) {
        if (request instanceof Struct read) {
            return List.of(read);
        }
        return request instanceof List<?> writes
                ? writes.stream()
                        .filter(Struct.class::isInstance)
                        .map(Struct.class::cast)
                        .flatMap(write ->
                                Stream.of("PutRequest", "DeleteRequest").map(write::get))
                        .filter(Struct.class::isInstance)
                        .map(Struct.class::cast)
                        .toList()
                : List.of();
    }

    /// The keys that a batch reads or deletes, and the items that it writes.
    private static Stream<?> keys(List<Struct> parts) {
        return parts.stream()
                .flatMap(part -> part.get("Keys") instanceof List<?> keys
                        ? keys.stream()
                        : Stream.of("Item", "Key").map(part::get).filter(Objects::nonNull));
    }

    private List<Access> transact(String operation, Struct input) {
        var wanted = new ArrayList<Access>();
        if (input.get("TransactItems") instanceof List<?> items) {
            for (Object item : items) {
                TRANSACTED.forEach((member, action) -> {
                    if (item instanceof Struct each
                            && each.get(member) instanceof Struct part
                            && part.get("TableName") instanceof String table) {
                        var asked = new ItemFacts(input, List.of(part), Optional.of(operation));
                        wanted.add(about(access(action, table), leading(part), asked));
                    }
                });
            }
        }
        return wanted;
    }

    private static Access access(String action, String table) {
        return Access.of("dynamodb:" + action, arn(table));
    }

    static String arn(String table) {
        return table.startsWith("arn:")
                ? table
                : Arn.here(DynamoDbService.ID, "table/" + table).toString();
    }
}
