package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.Features.Origin;
import dev.cloudjar.services.dynamodb.Features.Recovery;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Going back: point-in-time recovery, and new tables from backups or from earlier states of tables.
final class Restores implements DynamoDb {
    private static final int LONGEST = 35;

    private final Kernel kernel;
    private final Tables tables;
    private final Backups backups;
    private final Images images;

    Restores(Kernel kernel, Tables tables, Backups backups, Images images) {
        this.kernel = kernel;
        this.tables = tables;
        this.backups = backups;
        this.images = images;
    }

    @Override
    public UpdateContinuousBackupsOutput updateContinuousBackups(UpdateContinuousBackupsInput in) {
        DynamoTable table = tables.known(in.tableName());
        PointInTimeRecoverySpecification asked = in.pointInTimeRecoverySpecification();
        Optional<Recovery> before = table.features().recovery();
        int days =
                asked.recoveryPeriodInDays().orElse(before.map(Recovery::days).orElse(LONGEST));
        Instant since = before.map(Recovery::since).orElse(tables.now());
        Optional<Recovery> next =
                Optional.of(new Recovery(since, days)).filter(_ -> asked.pointInTimeRecoveryEnabled());
        DynamoTable changed =
                tables.shelf().update(table.id(), row -> row.with(row.features().recoverable(next)));
        return new UpdateContinuousBackupsOutput().continuousBackupsDescription(describe(changed));
    }

    @Override
    public DescribeContinuousBackupsOutput describeContinuousBackups(DescribeContinuousBackupsInput in) {
        return new DescribeContinuousBackupsOutput()
                .continuousBackupsDescription(describe(tables.known(in.tableName())));
    }

    private ContinuousBackupsDescription describe(DynamoTable table) {
        var view = new PointInTimeRecoveryDescription().pointInTimeRecoveryStatus("DISABLED");
        table.features()
                .recovery()
                .ifPresent(recovery -> view.pointInTimeRecoveryStatus("ENABLED")
                        .recoveryPeriodInDays(recovery.days())
                        .earliestRestorableDateTime(earliest(recovery))
                        .latestRestorableDateTime(tables.now()));
        return new ContinuousBackupsDescription()
                .continuousBackupsStatus("ENABLED")
                .pointInTimeRecoveryDescription(view);
    }

    Instant earliest(Recovery recovery) {
        Instant kept = tables.now().minus(Duration.ofDays(recovery.days()));
        return recovery.since().isAfter(kept) ? recovery.since() : kept;
    }

    @Override
    @OutsideTransaction
    public RestoreTableFromBackupOutput restoreTableFromBackup(RestoreTableFromBackupInput in) {
        Backup backup = kernel.transact(() -> {
            Backup found = backups.get(in.backupArn());
            tables.checkUntaken(in.targetTableName());
            tables.checkKey(found.table());
            return found;
        });
        var origin = new Origin(
                Optional.of(backup.arn()), Optional.of(backup.table().arn().toString()), tables.now());
        DynamoTable target = kernel.transact(() -> target(backup.table(), in, origin));
        images.fill(target, backup.image());
        return new RestoreTableFromBackupOutput().tableDescription(make(target));
    }

    @Override
    @OutsideTransaction
    public RestoreTableToPointInTimeOutput restoreTableToPointInTime(RestoreTableToPointInTimeInput in) {
        String source = in.sourceTableName()
                .or(in::sourceTableArn)
                .orElseThrow(() -> Refusals.invalid("SourceTableName or SourceTableArn must be specified"));
        DynamoTable table = kernel.transact(() -> {
            DynamoTable found = tables.known(source);
            tables.checkUntaken(in.targetTableName());
            return found;
        });
        Instant then = instant(table, in);
        var origin = new Origin(Optional.empty(), Optional.of(table.arn().toString()), then);
        DynamoTable target = kernel.transact(() -> target(table, in, origin));
        images.fill(target, images.at(table, then));
        return new RestoreTableToPointInTimeOutput().tableDescription(make(target));
    }

    /// Since when the table can be looked back at; a refusal where it cannot.
    Recovery recovery(DynamoTable table) {
        return table.features()
                .recovery()
                .orElseThrow(() -> POINT_IN_TIME_RECOVERY_UNAVAILABLE_EXCEPTION.because(
                        "Point in time recovery is not enabled for table '%s'", table.id()));
    }

    private Instant instant(DynamoTable table, RestoreTableToPointInTimeInput in) {
        Recovery recovery = recovery(table);
        boolean latest = in.useLatestRestorableTime().orElse(false);
        if (latest == in.restoreDateTime().isPresent()) {
            throw Refusals.invalid("One of RestoreDateTime or UseLatestRestorableTime must be specified, and not both");
        }
        Instant then = in.restoreDateTime().orElse(tables.now());
        if (then.isBefore(earliest(recovery)) || then.isAfter(tables.now())) {
            throw INVALID_RESTORE_TIME_EXCEPTION.because(
                    "An invalid restore time was specified. RestoreDateTime must be between"
                            + " EarliestRestorableDateTime and LatestRestorableDateTime.");
        }
        return then;
    }

    /// The new table: the old one's keys, with indexes, capacity and encryption as asked. What a restore does
    /// not bring back, it has not: stream, time to live, recovery, protection, tags.
    private DynamoTable target(DynamoTable source, Struct in, Origin origin) {
        Phase phase = tables.phase("CREATING");
        boolean onDemand = Parameters.text(in, "BillingModeOverride")
                .map("PAY_PER_REQUEST"::equals)
                .orElse(source.capacity().isOnDemand());
        Throughput capacity = capacity(source, in, onDemand);
        var definition = new TableDefinition(kernel, phase);
        Optional<Features.Encryption> encryption = in.get("SSESpecificationOverride") instanceof SSESpecification sse
                ? definition.encryption(Optional.of(sse))
                : source.features().encryption();
        return new DynamoTable(
                Parameters.text(in, "TargetTableName").orElseThrow(),
                new DynamoTable.Identity(
                        kernel.lot(), kernel.lot(), kernel.ids().uuid(), tables.now()),
                source.attributes(),
                source.keys(),
                indexes(source, in, onDemand, phase),
                capacity,
                Features.NONE.encrypted(encryption).from(origin),
                phase);
    }

    private Throughput capacity(DynamoTable source, Struct in, boolean onDemand) {
        Optional<ProvisionedThroughput> asked =
                Optional.ofNullable((ProvisionedThroughput) in.get("ProvisionedThroughputOverride"));
        boolean needed = !onDemand && source.capacity().isOnDemand();
        if (asked.isPresent() || needed) {
            return new CapacityDefinition(asked, Optional.empty(), Optional.empty()).table(onDemand, tables.now());
        }
        return onDemand
                ? Throughput.onDemand(tables.now(), source.capacity().maximum(), Optional.empty())
                : Throughput.provisioned(source.capacity().provisioned(), Optional.empty());
    }

    private List<Index> indexes(DynamoTable source, Struct in, boolean onDemand, Phase phase) {
        List<Index> indexes = new ArrayList<>();
        indexes.addAll(kept(source, in, "LocalSecondaryIndexOverride", false));
        indexes.addAll(kept(source, in, "GlobalSecondaryIndexOverride", true));
        return indexes.stream()
                .map(index -> new Index(
                        index.name(),
                        index.isGlobal(),
                        kernel.lot(),
                        index.keys(),
                        index.projected(),
                        index.isGlobal() ? capacity(index, in, onDemand) : index.capacity(),
                        phase,
                        Optional.empty()))
                .toList();
    }

    private Throughput capacity(Index index, Struct in, boolean onDemand) {
        Optional<ProvisionedThroughput> asked = overrides(in, "GlobalSecondaryIndexOverride")
                .filter(each -> index.name().equals(each.get("IndexName")))
                .flatMap(
                        each -> Optional.ofNullable((ProvisionedThroughput) each.get("ProvisionedThroughput")).stream())
                .findFirst();
        boolean kept = asked.isEmpty() && !onDemand && !index.capacity().isOnDemand();
        return kept
                ? index.capacity()
                : new CapacityDefinition(asked, Optional.empty(), Optional.empty())
                        .index(index.name(), onDemand, tables.now());
    }

    private static Stream<Struct> overrides(Struct in, String member) {
        return in.get(member) instanceof List<?> wanted ? wanted.stream().map(Struct.class::cast) : Stream.empty();
    }

    /// The indexes of the source, or those of them that an override names.
    private static List<Index> kept(DynamoTable source, Struct in, String override, boolean global) {
        List<Index> all = source.indexes().stream()
                .filter(index -> index.isGlobal() == global)
                .toList();
        if (in.get(override) == null) {
            return all;
        }
        return overrides(in, override)
                .map(each -> Parameters.text(each, "IndexName").orElseThrow())
                .map(name -> all.stream()
                        .filter(index -> index.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusals.parameters(
                                "Index %s of the override is not an index of the source table", name)))
                .toList();
    }

    /// Lets a table be seen that has been filled.
    private TableDescription make(DynamoTable target) {
        return kernel.transact(() -> tables.create(target, Map.of()));
    }
}
