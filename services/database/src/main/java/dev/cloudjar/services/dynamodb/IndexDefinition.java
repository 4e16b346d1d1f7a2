package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes indexes of what requests ask for, and refuses what AWS refuses of them.
record IndexDefinition(Kernel kernel, KeyDefinition definition, Phase phase) {
    private static final int MOST_GLOBAL = 20;
    private static final int MOST_LOCAL = 5;
    private static final int MOST_ATTRIBUTES = 100;

    /// The local indexes of a new table.
    List<Index> local(List<dev.cloudjar.api.DynamoDb.LocalSecondaryIndex> asked, Keys table) {
        if (asked.size() > MOST_LOCAL) {
            throw Refusals.parameters("Number of LocalSecondaryIndexes exceeds per-table limit of %d", MOST_LOCAL);
        }
        return asked.stream().map(each -> local(each, table)).toList();
    }

    private Index local(dev.cloudjar.api.DynamoDb.LocalSecondaryIndex asked, Keys table) {
        String name = asked.indexName();
        if (table.range().isEmpty()) {
            throw Refusals.parameters("Table KeySchema does not have a range key, which is required when specifying a"
                    + " LocalSecondaryIndex");
        }
        Keys keys = definition.index(asked.keySchema());
        if (keys.range().isEmpty()) {
            throw Refusals.parameters("Index KeySchema does not have a range key for index: %s", name);
        }
        if (!keys.hash().equals(table.hash())) {
            throw Refusals.parameters(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: %s. index"
                            + " hash key: %s, table hash key: %s",
                    name, keys.hash().getFirst().name(), table.hash().getFirst().name());
        }
        return new Index(
                name,
                false,
                kernel.lot(),
                keys,
                projected(asked.projection()),
                Throughput.provisioned(Units.NONE, Optional.empty()),
                phase,
                Optional.empty());
    }

    /// The global indexes of a new table.
    List<Index> global(List<dev.cloudjar.api.DynamoDb.GlobalSecondaryIndex> asked, boolean onDemand) {
        if (asked.size() > MOST_GLOBAL) {
            throw Refusals.parameters("GlobalSecondaryIndex count exceeds the per-table limit of %d", MOST_GLOBAL);
        }
        return asked.stream().map(each -> global(each, onDemand)).toList();
    }

    /// A global index, from any structure that describes one.
    Index global(Struct asked, boolean onDemand) {
        var each = dev.cloudjar.api.DynamoDb.GlobalSecondaryIndex.from(asked);
        String name = each.indexName();
        Keys keys = definition.index(each.keySchema());
        Index.Projected projected = projected(each.projection());
        var capacity =
                new CapacityDefinition(each.provisionedThroughput(), each.onDemandThroughput(), each.warmThroughput());
        return new Index(
                name,
                true,
                kernel.lot(),
                keys,
                projected,
                capacity.index(name, onDemand, kernel.time().now()),
                phase,
                Optional.empty());
    }

    private static Index.Projected projected(Projection asked) {
        Optional<String> type = asked.projectionType();
        List<String> attributes = asked.nonKeyAttributes();
        if (type.isEmpty()) {
            throw Refusals.parameters("Unknown ProjectionType: null");
        }
        boolean included = type.get().equals("INCLUDE");
        if (!included && asked.hasNonKeyAttributes()) {
            throw Refusals.parameters("ProjectionType is %s, but NonKeyAttributes is specified", type.get());
        }
        if (included && attributes.isEmpty()) {
            throw Refusals.parameters("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        Set<String> seen = new HashSet<>();
        attributes.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(twice -> {
            throw Refusals.parameters("Duplicate attribute name in NonKeyAttributes: %s", twice);
        });
        return new Index.Projected(type.get(), attributes);
    }

    /// Refuses two indexes of one name, and more projected attributes than a table may have.
    static void checkTogether(List<Index> indexes) {
        Set<String> names = new HashSet<>();
        for (Index index : indexes) {
            TableNames.checkAny(index.name());
            if (!names.add(index.name())) {
                throw Refusals.parameters("Duplicate index name: %s", index.name());
            }
        }
        int attributes = indexes.stream()
                .mapToInt(index -> index.projected().attributes().size())
                .sum();
        if (attributes > MOST_ATTRIBUTES) {
            throw Refusals.parameters(
                    "NonKeyAttributes count exceeds the per-table limit of %d. NonKeyAttributes count: %d",
                    MOST_ATTRIBUTES, attributes);
        }
    }
}
