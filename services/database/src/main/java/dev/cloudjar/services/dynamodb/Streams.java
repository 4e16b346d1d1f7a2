package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.dynamodb.Features.Stream;
import java.util.Optional;

/// The streams of all tables: opened and closed as their tables are told to.
final class Streams {
    private final Kernel kernel;
    private final Changes changes;
    private final Table<TableStream.Key, TableStream> rows;

    Streams(Kernel kernel, Changes changes) {
        this.kernel = kernel;
        this.changes = changes;
        this.rows = kernel.table(TableStream.class, Scope.REGION);
    }

    Optional<TableStream> find(TableStream.Key key) {
        return rows.find(key);
    }

    java.util.stream.Stream<TableStream> from(Span span) {
        return rows.rows(span);
    }

    /// Opens or closes streams as the settings of `table` now say.
    void follow(DynamoTable table) {
        table.features().stream().ifPresent(stream -> {
            if (!stream.enabled()) {
                close(table);
            } else if (rows.find(new TableStream.Key(table.id(), stream.label()))
                    .isEmpty()) {
                open(table, stream);
            }
        });
    }

    private void open(DynamoTable table, Stream stream) {
        rows.put(new TableStream(
                new TableStream.Key(table.id(), stream.label()),
                table.log(),
                table.keys(),
                stream.viewType(),
                kernel.time().now(),
                changes.end(table.log()).sequence() + 1,
                Optional.empty()));
    }

    /// Closes what a table that is gone leaves behind.
    void end(DynamoTable table) {
        close(table);
        changes.forgetLater(table);
    }

    /// Closes the stream that a table has; it can be read for a day.
    private void close(DynamoTable table) {
        var close = new TableStream.Close(
                kernel.time().now(), changes.end(table.log()).sequence());
        table.features().stream()
                .ifPresent(stream -> rows.updateIf(
                        new TableStream.Key(table.id(), stream.label()),
                        row -> row.close().isEmpty(),
                        row -> row.closed(close)));
    }
}
