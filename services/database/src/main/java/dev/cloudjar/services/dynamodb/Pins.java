package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.BACKUP_IN_USE_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.TABLE_NOT_FOUND_EXCEPTION;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Holds tables as they are at one instant, for backups that read them page by page: meanwhile all changes are
/// logged, so that they can be taken back. One that was not let go, since the process ended, ends by itself.
record Pins(Kernel kernel, Shelf<DynamoTable> tables, Changes changes) {
    static final String LET_GO = "let-go";

    private static final Duration LONGEST = Duration.ofHours(1);

    /// A table as it is held, and where the changes begin in its log that are not to be seen.
    record Pin(DynamoTable table, Instant since, Changes.Place from) {}

    Pin hold(DynamoTable table) {
        Instant now = kernel.time().now();
        table.identity().held().ifPresent(_ -> {
            throw BACKUP_IN_USE_EXCEPTION.because(
                    "There is another ongoing conflicting backup control plane operation on the table.");
        });
        tables.update(table.id(), row -> row.held(Optional.of(now)));
        kernel.agenda().at(now.plus(LONGEST), DynamoDbService.ID, LET_GO, table.id() + "/" + now);
        Changes.End end = changes.end(table.log());
        return new Pin(table, now, new Changes.Place(end.window(), end.sequence() + 1));
    }

    /// Refuses to go on with a table that has been deleted meanwhile.
    void check(Pin pin) {
        boolean kept = tables.find(pin.table().id())
                .filter(row -> row.lot().equals(pin.table().lot())
                        && row.identity().held().equals(Optional.of(pin.since())))
                .isPresent();
        if (!kept) {
            throw TABLE_NOT_FOUND_EXCEPTION.because(
                    "Table not found: %s", pin.table().id());
        }
    }

    void letGo(Pin pin) {
        letGo(pin.table().id(), pin.since());
    }

    void letGo(String subject) {
        String[] parts = subject.split("/", 2);
        letGo(parts[0], Instant.parse(parts[1]));
    }

    private void letGo(String table, Instant since) {
        tables.find(table)
                .filter(row -> row.identity().held().equals(Optional.of(since)))
                .ifPresent(row -> tables.update(table, each -> each.held(Optional.empty())));
    }
}
