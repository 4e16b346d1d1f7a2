package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.CreateTableInput;
import dev.cloudjar.api.DynamoDb.SSESpecification;
import dev.cloudjar.api.DynamoDb.StreamSpecification;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Features.Encryption;
import dev.cloudjar.services.dynamodb.Features.StorageClass;
import dev.cloudjar.services.dynamodb.Features.Stream;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a table of what a request asks for, and refuses what AWS refuses of it, in AWS's order.
record TableDefinition(Kernel kernel, Phase phase) {
    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");

    DynamoTable read(CreateTableInput in) {
        TableNames.check(in.tableName());
        checkPresent(in);
        boolean onDemand = in.billingMode().filter("PAY_PER_REQUEST"::equals).isPresent();
        var asked = new CapacityDefinition(in.provisionedThroughput(), in.onDemandThroughput(), in.warmThroughput());
        Instant now = kernel.time().now();
        Throughput capacity = asked.table(onDemand, now);
        var definition = KeyDefinition.of(in.attributeDefinitions());
        Keys keys = definition.table(in.keySchema());
        List<Index> indexes = indexes(in, new IndexDefinition(kernel, definition, phase), keys, onDemand);
        definition.checkAllUsed(!indexes.isEmpty());
        return new DynamoTable(
                in.tableName(),
                new DynamoTable.Identity(
                        kernel.lot(), kernel.lot(), kernel.ids().uuid(), now),
                definition.attributes(),
                keys,
                indexes,
                capacity,
                features(in),
                phase);
    }

    /// What the model does not demand, since a replica of another account's table has it from there.
    private static void checkPresent(Struct in) {
        List<String> missing = List.of("attributeDefinitions", "keySchema").stream()
                .filter(name -> in.get(Character.toUpperCase(name.charAt(0)) + name.substring(1)) == null)
                .map(name -> "Value null at '" + name + "' failed to satisfy constraint: Member must not be null")
                .toList();
        if (!missing.isEmpty()) {
            throw Refusals.invalid(
                    "%d validation error%s detected: %s",
                    missing.size(), missing.size() == 1 ? "" : "s", String.join("; ", missing));
        }
    }

    private static List<Index> indexes(CreateTableInput in, IndexDefinition definition, Keys keys, boolean onDemand) {
        if (in.hasLocalSecondaryIndexes() && in.localSecondaryIndexes().isEmpty()) {
            throw Refusals.parameters("List of LocalSecondaryIndexes is empty");
        }
        if (in.hasGlobalSecondaryIndexes() && in.globalSecondaryIndexes().isEmpty()) {
            throw Refusals.parameters("List of GlobalSecondaryIndexes is empty");
        }
        List<Index> indexes = new ArrayList<>(definition.local(in.localSecondaryIndexes(), keys));
        indexes.addAll(definition.global(in.globalSecondaryIndexes(), onDemand));
        IndexDefinition.checkTogether(indexes);
        return indexes;
    }

    private Features features(CreateTableInput in) {
        Features features = Features.NONE
                .protectedFromDeletion(in.deletionProtectionEnabled().orElse(false))
                .encrypted(encryption(in.sseSpecification()));
        if (in.tableClass().isPresent()) {
            features = features.in(new StorageClass(in.tableClass().get(), Optional.empty()));
        }
        Optional<Stream> stream = in.streamSpecification().flatMap(this::stream);
        return stream.isPresent() ? features.streaming(stream.get()) : features;
    }

    /// A new stream, unless none is asked for.
    Optional<Stream> stream(StreamSpecification asked) {
        if (!asked.streamEnabled()) {
            if (asked.streamViewType().isPresent()) {
                throw Refusals.parameters("StreamViewType must not be specified when StreamEnabled is false");
            }
            return Optional.empty();
        }
        String view = asked.streamViewType()
                .orElseThrow(() -> Refusals.parameters("StreamViewType must be specified when StreamEnabled is true"));
        return Optional.of(newStream(view));
    }

    Stream newStream(String view) {
        return new Stream(view, LABEL.format(kernel.time().now().atOffset(ZoneOffset.UTC)), true);
    }

    /// The key of KMS that is to encrypt the table, unless DynamoDB's own is to.
    Optional<Encryption> encryption(Optional<SSESpecification> asked) {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        boolean enabled = asked.get().enabled().orElse(false);
        if (!enabled && asked.get().kmsMasterKeyId().isPresent()) {
            throw Refusals.parameters("KMSMasterKeyId can be specified only if SSE is enabled");
        }
        if (asked.get().sseType().filter("AES256"::equals).isPresent()) {
            throw Refusals.parameters("SSEType AES256 is not supported");
        }
        return enabled
                ? Optional.of(new TableKeys(kernel).encryption(asked.get().kmsMasterKeyId()))
                : Optional.empty();
    }
}
