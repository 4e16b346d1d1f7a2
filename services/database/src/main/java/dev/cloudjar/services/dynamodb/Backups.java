package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Shelf;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Backups on demand.
final class Backups implements DynamoDb {
    static final String EXPIRE = "expire-backup";

    private static final int PAGE = 100;

    private final Kernel kernel;
    private final Tables tables;
    private final Images images;
    private final Pins pins;
    private final Shelf<Backup> shelf;

    Backups(Kernel kernel, Tables tables, Images images, Pins pins) {
        this.kernel = kernel;
        this.tables = tables;
        this.images = images;
        this.pins = pins;
        this.shelf = kernel.shelf(Backup.KIND);
    }

    @Override
    @OutsideTransaction
    public CreateBackupOutput createBackup(CreateBackupInput in) {
        Backup backup = take(() -> tables.known(in.tableName()), in.backupName(), Backup.USER);
        return new CreateBackupOutput().backupDetails(details(backup, "CREATING"));
    }

    /// Makes a backup of a table, outside a transaction: the table is read page by page, as it is at first.
    Backup take(Supplier<DynamoTable> wanted, String name, String type) {
        Pins.Pin pin = kernel.transact(() -> pins.hold(wanted.get()));
        try {
            return keep(pin, name, type, () -> pins.check(pin));
        } finally {
            kernel.transact(() -> {
                pins.letGo(pin);
                return pin;
            });
        }
    }

    /// Makes a backup of a table as it is held; `end` belongs to the transaction after which it is there.
    Backup keep(Pins.Pin pin, String name, String type, Runnable end) {
        var file = new ImageFile(images.of(pin));
        try (Blobs.Arrival kept = images.keep(file)) {
            var backup = new Backup(id(pin), pin.table(), name, pin.since(), file.extent(), kept.ref(), type);
            kernel.transact(() -> {
                end.run();
                backup.end().ifPresent(at -> kernel.agenda().at(at, DynamoDbService.ID, EXPIRE, backup.id()));
                return shelf.create(backup, Map.of());
            });
            return backup;
        }
    }

    /// Removes a backup whose time is over.
    void expire(String id) {
        shelf.find(id).ifPresent(backup -> shelf.remove(id));
    }

    private String id(Pins.Pin pin) {
        return String.format(
                Locale.ROOT,
                "%s/backup/%014d-%s",
                pin.table().id(),
                pin.since().toEpochMilli(),
                kernel.ids().hex("", 8));
    }

    private static BackupDetails details(Backup backup, String status) {
        return new BackupDetails()
                .backupArn(backup.arn())
                .backupName(backup.name())
                .backupSizeBytes(backup.extent().bytes())
                .backupStatus(status)
                .backupType(backup.kind())
                .backupExpiryDateTime(backup.end())
                .backupCreationDateTime(backup.created());
    }

    /// The backup that an ARN names.
    Backup get(String arn) {
        String id = Arn.parse(arn)
                .map(Arn::resource)
                .filter(resource -> resource.startsWith("table/"))
                .map(resource -> resource.substring("table/".length()))
                .orElse(arn);
        return shelf.find(id).orElseThrow(() -> BACKUP_NOT_FOUND_EXCEPTION.because("Backup not found: %s", arn));
    }

    @Override
    public DescribeBackupOutput describeBackup(DescribeBackupInput in) {
        return new DescribeBackupOutput().backupDescription(describe(get(in.backupArn()), "AVAILABLE"));
    }

    @Override
    public DeleteBackupOutput deleteBackup(DeleteBackupInput in) {
        Backup backup = get(in.backupArn());
        shelf.remove(backup.id());
        return new DeleteBackupOutput().backupDescription(describe(backup, "DELETED"));
    }

    private BackupDescription describe(Backup backup, String status) {
        DynamoTable table = backup.table();
        TableDescription view = tables.view().describe(table, "ACTIVE");
        var source = new SourceTableDetails()
                .tableName(table.id())
                .tableId(table.identity().tableId())
                .tableArn(table.arn().toString())
                .tableSizeBytes(backup.extent().bytes())
                .keySchema(table.keys().describe())
                .tableCreationDateTime(table.identity().created())
                .provisionedThroughput(new ProvisionedThroughput()
                        .readCapacityUnits(table.capacity().provisioned().read())
                        .writeCapacityUnits(table.capacity().provisioned().write()))
                .onDemandThroughput(view.onDemandThroughput())
                .itemCount(backup.extent().items())
                .billingMode(table.capacity().isOnDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
        return new BackupDescription()
                .backupDetails(details(backup, status))
                .sourceTableDetails(source)
                .sourceTableFeatureDetails(features(table, view));
    }

    private static SourceTableFeatureDetails features(DynamoTable table, TableDescription view) {
        var features = new SourceTableFeatureDetails()
                .streamDescription(view.streamSpecification())
                .sseDescription(view.sseDescription());
        table.features()
                .expiry()
                .ifPresent(name -> features.timeToLiveDescription(
                        new TimeToLiveDescription().timeToLiveStatus("ENABLED").attributeName(name)));
        if (view.hasGlobalSecondaryIndexes()) {
            features.globalSecondaryIndexes(view.globalSecondaryIndexes().stream()
                    .map(GlobalSecondaryIndexInfo::from)
                    .toList());
        }
        if (view.hasLocalSecondaryIndexes()) {
            features.localSecondaryIndexes(view.localSecondaryIndexes().stream()
                    .map(LocalSecondaryIndexInfo::from)
                    .toList());
        }
        return features;
    }

    @Override
    public ListBackupsOutput listBackups(ListBackupsInput in) {
        Optional<String> table = in.tableName().map(TableNames::of);
        int limit = in.limit().orElse(PAGE);
        String type = in.backupType().orElse(Backup.USER);
        Stream<Backup> wanted = shelf.all()
                .filter(backup -> type.equals("ALL") || type.equals(backup.kind()))
                .filter(backup ->
                        table.filter(name -> !name.equals(backup.table().id())).isEmpty())
                .filter(backup -> in.timeRangeLowerBound()
                        .filter(backup.created()::isBefore)
                        .isEmpty())
                .filter(backup -> in.timeRangeUpperBound()
                        .filter(end -> !backup.created().isBefore(end))
                        .isEmpty())
                .sorted(Comparator.comparing(Backup::arn))
                .filter(backup -> in.exclusiveStartBackupArn()
                        .filter(start -> backup.arn().compareTo(start) <= 0)
                        .isEmpty());
        Cut<Backup> found = Cut.of(wanted, limit);
        var out = new ListBackupsOutput()
                .backupSummaries(found.page().stream().map(Backups::summary).toList());
        return found.more() ? out.lastEvaluatedBackupArn(found.page().getLast().arn()) : out;
    }

    private static BackupSummary summary(Backup backup) {
        var summary = BackupSummary.from(details(backup, "AVAILABLE"));
        return summary.tableName(backup.table().id())
                .tableId(backup.table().identity().tableId())
                .tableArn(backup.table().arn().toString());
    }
}
