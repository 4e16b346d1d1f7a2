package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import java.util.Optional;

/// Puts away a table whose KMS key could not be used for seven days: a backup is made of it, and only that can
/// still be used, once its key can.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ArchivalSummary.html
record Archival(Kernel kernel, Tables tables, Backups backups) {
    /// Looks at the key of a table, and again in a day as long as that is its key.
    void watch(String subject) {
        String[] parts = subject.split(" ", 3);
        table(parts[0], parts[1])
                .filter(table -> table.features()
                        .encryption()
                        .filter(encryption -> encryption.keyArn().equals(parts[2]))
                        .isPresent())
                .ifPresent(table -> {
                    tables.lockouts().look(table);
                    tables.lockouts().watch(table);
                });
    }

    private Optional<DynamoTable> table(String name, String tableId) {
        return tables.shelf()
                .find(name)
                .filter(table -> table.identity().tableId().equals(tableId));
    }

    /// Archives a table, outside a transaction.
    void archive(String subject) {
        String[] parts = subject.split(" ", 2);
        kernel.transact(() -> table(parts[0], parts[1])
                        .filter(tables.lockouts()::isDue)
                        .map(table -> tables.shelf().update(table.id(), row -> row.in(Phase.lasting("ARCHIVING")))))
                .ifPresent(this::archive);
    }

    private void archive(DynamoTable table) {
        Backup backup = backups.take(() -> tables.get(table.id()), table.id() + "$ArchivalBackup", Backup.USER);
        kernel.transact(() -> {
            var archive = new Lockouts.Archive(tables.now(), backup.arn());
            tables.lockouts().archived(table, archive);
            return tables.shelf().update(table.id(), row -> row.in(Phase.lasting("ARCHIVED")));
        });
    }
}
