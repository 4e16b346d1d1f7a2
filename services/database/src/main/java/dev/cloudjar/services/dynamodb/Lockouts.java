package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tables whose KMS key cannot be used: since when that is known, and what has become of those of which it was so
/// for seven days. It is noticed when somebody looks at the table, and at the latest within a day.
final class Lockouts {
    static final String WATCH = "watch-key";
    static final String ARCHIVE = "archive-table";

    private static final Duration OFTEN = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofDays(7);

    /// A table that is locked out; it may be gone and another have its name.
    record Lockout(String key, String tableId, Instant since, Optional<Archive> archive) implements Row<String> {
        boolean isOf(DynamoTable table) {
            return tableId.equals(table.identity().tableId());
        }
    }

    /// The backup that was made of a table, and when.
    record Archive(Instant at, String backupArn) {}

    private final Kernel kernel;
    private final TableKeys keys;
    private final Table<String, Lockout> rows;

    Lockouts(Kernel kernel, TableKeys keys) {
        this.kernel = kernel;
        this.keys = keys;
        this.rows = kernel.table(Lockout.class, Scope.REGION);
    }

    /// Has the key of a table looked at every day from now on.
    void watch(DynamoTable table) {
        table.features()
                .encryption()
                .ifPresent(encryption -> kernel.agenda()
                        .at(
                                kernel.time().now().plus(OFTEN),
                                DynamoDbService.ID,
                                WATCH,
                                String.join(" ", table.id(), table.identity().tableId(), encryption.keyArn())));
    }

    /// Since when the key of a table cannot be used, if that is so.
    Optional<Lockout> look(DynamoTable table) {
        if (table.features().encryption().isEmpty()) {
            return Optional.empty();
        }
        Optional<Lockout> known = rows.find(table.id()).filter(row -> row.isOf(table));
        if (known.flatMap(Lockout::archive).isPresent()) {
            return known;
        }
        if (!keys.isClosed(table)) {
            known.ifPresent(row -> rows.remove(row.key()));
            return Optional.empty();
        }
        return known.or(() -> Optional.of(note(table)));
    }

    private Lockout note(DynamoTable table) {
        String tableId = table.identity().tableId();
        Instant now = kernel.time().now();
        kernel.agenda().at(now.plus(PATIENCE), DynamoDbService.ID, ARCHIVE, table.id() + " " + tableId);
        return rows.put(new Lockout(table.id(), tableId, now, Optional.empty()));
    }

    /// Whether a table has been locked out so long that it is to be archived.
    boolean isDue(DynamoTable table) {
        return look(table)
                .filter(row -> row.archive().isEmpty())
                .filter(row -> !kernel.time().now().isBefore(row.since().plus(PATIENCE)))
                .isPresent();
    }

    void archived(DynamoTable table, Archive archive) {
        rows.update(table.id(), row -> new Lockout(row.key(), row.tableId(), row.since(), Optional.of(archive)));
    }
}
