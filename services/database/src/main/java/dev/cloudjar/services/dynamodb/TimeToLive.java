package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.HexFormat;
import java.util.Optional;

/// Which attribute of a table's items says when they end.
final class TimeToLive implements DynamoDb {
    static final String NOTE = "note-expirations";

    private final Kernel kernel;
    private final Tables tables;
    private final Items items;

    TimeToLive(Kernel kernel, Tables tables, Items items) {
        this.kernel = kernel;
        this.tables = tables;
        this.items = items;
    }

    @Override
    public UpdateTimeToLiveOutput updateTimeToLive(UpdateTimeToLiveInput in) {
        TimeToLiveSpecification asked = in.timeToLiveSpecification();
        DynamoTable table = tables.get(in.tableName());
        tables.checkActive(table);
        tables.strong().checkNot(table.id(), "Time to Live");
        Optional<String> current = table.features().expiry();
        if (asked.enabled() && current.filter(asked.attributeName()::equals).isPresent()) {
            throw Refusals.invalid("TimeToLive is already enabled");
        }
        if (!asked.enabled() && current.isEmpty()) {
            throw Refusals.invalid("TimeToLive is already disabled");
        }
        if (current.filter(name -> !name.equals(asked.attributeName())).isPresent()) {
            throw Refusals.invalid(
                    "TimeToLive is active on a different AttributeName: current AttributeName is %s", current.get());
        }
        Optional<String> next = Optional.of(asked.attributeName()).filter(_ -> asked.enabled());
        tables.shelf().update(table.id(), row -> row.with(row.features().expiring(next)));
        if (asked.enabled()) {
            note(table.id() + "/");
        }
        return new UpdateTimeToLiveOutput().timeToLiveSpecification(asked);
    }

    /// Notes when the items end that the table had before, some at a time: `subject` is its name and how far
    /// that is.
    void note(String subject) {
        int cut = subject.indexOf('/');
        String name = subject.substring(0, cut);
        Blob from = Blob.of(HexFormat.of().parseHex(subject.substring(cut + 1)));
        tables.shelf()
                .find(name)
                .flatMap(table -> items.noteEnds(table, from))
                .ifPresent(last -> kernel.agenda()
                        .at(
                                tables.now(),
                                DynamoDbService.ID,
                                NOTE,
                                name + "/" + HexFormat.of().formatHex(last.bytes())));
    }

    @Override
    public DescribeTimeToLiveOutput describeTimeToLive(DescribeTimeToLiveInput in) {
        Optional<String> attribute = tables.get(in.tableName()).features().expiry();
        return new DescribeTimeToLiveOutput()
                .timeToLiveDescription(new TimeToLiveDescription()
                        .timeToLiveStatus(attribute.isPresent() ? "ENABLED" : "DISABLED")
                        .attributeName(attribute));
    }
}
