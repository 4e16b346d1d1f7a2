package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Lot;
import java.time.Instant;
import java.util.Optional;

/// A stream of a table's changes: those behind `first`, up to its end if it has been disabled. It outlives its
/// table by a day.
record TableStream(Key key, Lot lot, Keys schema, String viewType, Instant created, long first, Optional<Close> close)
        implements Expiring<TableStream.Key> {
    /// A table may have had several streams, each with a label of its own.
    record Key(String table, String label) {}

    /// That it was disabled, and with which change it ends.
    record Close(Instant at, long last) {}

    Arn arn() {
        return Arn.here(DynamoDbService.ID, "table/" + key.table() + "/stream/" + key.label());
    }

    @Override
    public Optional<Instant> until() {
        return close.map(each -> each.at().plus(Changes.STREAMED));
    }

    TableStream closed(Close now) {
        return new TableStream(key, lot, schema, viewType, created, first, Optional.of(now));
    }
}
