package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;

/// Where a message group with messages in line stands in the index.
record Group(Key key, Due.Key due) implements Row<Group.Key> {
    record Key(Lot lot, String name) {}
}
