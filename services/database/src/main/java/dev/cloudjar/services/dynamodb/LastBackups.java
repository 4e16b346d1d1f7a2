package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.stream.Stream;

/// Tables that were deleted while they could be recovered: a backup is made of each, the system's own, before its
/// items go.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
final class LastBackups {
    static final String TASK = "last-backup";

    /// A table that is gone but for its items.
    record Deleted(String key, DynamoTable table, Instant at) implements Row<String> {}

    private final Kernel kernel;
    private final Changes changes;
    private final Table<String, Deleted> rows;

    LastBackups(Kernel kernel, Changes changes) {
        this.kernel = kernel;
        this.changes = changes;
        this.rows = kernel.table(Deleted.class, Scope.REGION);
    }

    /// Has the items of a deleted table go, after a backup where it could be recovered.
    void forget(DynamoTable table) {
        if (table.features().recovery().isEmpty()) {
            drop(table);
            return;
        }
        Instant now = kernel.time().now();
        String tableId = table.identity().tableId();
        rows.put(new Deleted(tableId, table, now));
        kernel.agenda().at(now, DynamoDbService.ID, TASK, tableId);
    }

    private void drop(DynamoTable table) {
        Stream.concat(Stream.of(table.lot()), table.indexes().stream().map(Index::lot))
                .forEach((Lot lot) -> kernel.drop(lot));
    }

    /// Makes the backup of a table, outside a transaction.
    void make(String tableId, Backups backups) {
        kernel.transact(() -> rows.find(tableId)).ifPresent(deleted -> {
            DynamoTable table = deleted.table();
            Changes.End end = kernel.transact(() -> changes.end(table.log()));
            var pin = new Pins.Pin(table, deleted.at(), new Changes.Place(end.window(), end.sequence() + 1));
            backups.keep(pin, table.id() + "$DeletedTableBackup", Backup.SYSTEM, () -> {
                rows.remove(tableId);
                drop(table);
            });
        });
    }
}
