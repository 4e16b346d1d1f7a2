package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.LIMIT_EXCEEDED_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.RESOURCE_NOT_FOUND_EXCEPTION;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.services.dynamodb.Contributions.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A table: its name, keys, indexes and settings. Its items are rows of the lot of its identity.
record DynamoTable(
        String id,
        Identity identity,
        List<KeyAttribute> attributes,
        Keys keys,
        List<Index> indexes,
        Throughput capacity,
        Features features,
        Phase phase)
        implements Resource {
    private static final int MOST = 2500;

    static final Kind<DynamoTable> KIND = Kind.of(
                    DynamoDbService.ID,
                    "table",
                    DynamoTable.class,
                    name -> RESOURCE_NOT_FOUND_EXCEPTION.because(
                            "Requested resource not found: Table: %s not found", name))
            .arn(name -> "table/" + name)
            .quota(
                    MOST,
                    () -> LIMIT_EXCEEDED_EXCEPTION.because(
                            "Subscriber limit exceeded: Number of tables exceeds the limit of %d", MOST));

    /// What tells this table from another that had or will have its name. The log has a lot of its own, since
    /// it outlives the table. While a backup is made of the table, it is `held` as it was then; `watched` are
    /// the table and those of its indexes that have contributor insights.
    record Identity(Lot lot, Lot log, String tableId, Instant created, Optional<Instant> held, List<Watched> watched) {
        Identity(Lot lot, Lot log, String tableId, Instant created) {
            this(lot, log, tableId, created, Optional.empty(), List.of());
        }
    }

    Lot lot() {
        return identity.lot();
    }

    Lot log() {
        return identity.log();
    }

    Arn arn() {
        return Arn.here(DynamoDbService.ID, "table/" + id);
    }

    Optional<Index> index(String name) {
        return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    Stream<Index> globalIndexes() {
        return indexes.stream().filter(Index::isGlobal);
    }

    Stream<Index> localIndexes() {
        return indexes.stream().filter(index -> !index.isGlobal());
    }

    /// Whether changes of items are written down, for a stream, a backup, or to go back to.
    boolean isLogged() {
        return features.recovery().isPresent()
                || identity.held().isPresent()
                || features.stream().filter(Features.Stream::enabled).isPresent();
    }

    DynamoTable with(Features changed) {
        return new DynamoTable(id, identity, attributes, keys, indexes, capacity, changed, phase);
    }

    DynamoTable with(Throughput changed) {
        return new DynamoTable(id, identity, attributes, keys, indexes, changed, features, phase);
    }

    DynamoTable with(List<Index> changed) {
        return new DynamoTable(id, identity, attributes, keys, changed, capacity, features, phase);
    }

    DynamoTable held(Optional<Instant> since) {
        return in(new Identity(lot(), log(), identity.tableId(), identity.created(), since, identity.watched()));
    }

    DynamoTable watching(List<Watched> watched) {
        return in(new Identity(lot(), log(), identity.tableId(), identity.created(), identity.held(), watched));
    }

    private DynamoTable in(Identity changed) {
        return new DynamoTable(id, changed, attributes, keys, indexes, capacity, features, phase);
    }

    DynamoTable withAttributes(List<KeyAttribute> defined) {
        return new DynamoTable(id, identity, defined, keys, indexes, capacity, features, phase);
    }

    DynamoTable in(Phase next) {
        return new DynamoTable(id, identity, attributes, keys, indexes, capacity, features, next);
    }

    DynamoTable changing(String index, UnaryOperator<Index> change) {
        List<Index> changed = new ArrayList<>();
        indexes.forEach(each -> changed.add(each.name().equals(index) ? change.apply(each) : each));
        return with(changed);
    }
}
