package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Excerpt;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.Placeholders;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/// Reading many items: Query and Scan.
final class Queries implements DynamoDb {
    private final Tables tables;
    private final Items items;

    Queries(Tables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public QueryOutput query(QueryInput in) {
        Parameters.checkTogether(in);
        Map<String, Value> start = start(in);
        Placeholders given = Placeholders.of(in);
        if (in.keyConditionExpression().isEmpty() && !in.hasKeyConditions()) {
            throw Refusals.invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in"
                    + " the request.");
        }
        Optional<Requirement> filter = filter(in, given, "QueryFilter");
        Optional<Excerpt> projection = Parameters.projection(in, given);
        KeyCondition demanded = in.keyConditionExpression()
                .map(text -> KeyCondition.parse(text, given))
                .orElseGet(() -> LegacyConditions.keys(in));
        given.checkAllUsed();
        var choice = Choice.of(in, projection);
        var source = Source.of(tables.forItems(TableNames.of(in.tableName())), in);
        choice.check(source);
        KeyChecks.checkScalars(source.table(), given.nested());
        KeyRange range = KeyRange.of(source.filtered(filter, in.hasQueryFilter()), demanded);
        boolean descending = !in.scanIndexForward().orElse(true);
        return new PageRead(source, range.from(source.startKey(start, range), descending), demanded, descending)
                .read(items, in, new PageRead.Wanted(filter, choice), new QueryOutput());
    }

    @Override
    public ScanOutput scan(ScanInput in) {
        Parameters.checkTogether(in);
        Map<String, Value> start = start(in);
        Placeholders given = Placeholders.of(in);
        Segment segment = Segment.of(in);
        Optional<Requirement> filter = filter(in, given, "ScanFilter");
        Optional<Excerpt> projection = Parameters.projection(in, given);
        given.checkAllUsed();
        var choice = Choice.of(in, projection);
        var source = Source.of(tables.forItems(TableNames.of(in.tableName())), in);
        choice.check(source);
        KeyChecks.checkScalars(source.table(), given.nested());
        Items.Range range = segment.range(source.startKey(start, segment));
        return new PageRead(source, range, KeyCondition.NONE, false)
                .read(items, in, new PageRead.Wanted(filter, choice), new ScanOutput());
    }

    private static Map<String, Value> start(Struct in) {
        try {
            return Parameters.values(in, "ExclusiveStartKey");
        } catch (AwsError wrong) {
            throw Refusals.invalid("The provided starting key is invalid: %s", wrong.message());
        }
    }

    private static Optional<Requirement> filter(Struct in, Placeholders given, String legacy) {
        return Parameters.condition(in, "FilterExpression", given).or(() -> LegacyConditions.read(in, legacy));
    }

    /// One part of a parallel scan.
    record Segment(long number, long total) implements Bounds {
        static Segment of(ScanInput in) {
            if (in.segment().isPresent() && in.totalSegments().isEmpty()) {
                throw Refusals.invalid(
                        "The TotalSegments parameter is required but was not present in the request when Segment"
                                + " parameter is present");
            }
            if (in.segment().isEmpty() && in.totalSegments().isPresent()) {
                throw Refusals.invalid(
                        "The Segment parameter is required but was not present in the request when parameter"
                                + " TotalSegments is present");
            }
            int number = in.segment().orElse(0);
            int total = in.totalSegments().orElse(1);
            if (number >= total) {
                throw Refusals.invalid(
                        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment:"
                                + " %d is not less than TotalSegments: %d",
                        number, total);
            }
            return new Segment(number, total);
        }

        private Items.Range range(Optional<Blob> start) {
            Blob low = number == 0 ? Blob.EMPTY : KeyBytes.segment(number, total);
            return new Items.Range(start.map(KeyBytes::after).orElse(low), KeyBytes.segment(number + 1, total));
        }

        @Override
        public void check(Blob key) {
            boolean inside = key.compareTo(KeyBytes.segment(number, total)) >= 0
                    && key.compareTo(KeyBytes.segment(number + 1, total)) < 0;
            if (total > 1 && !inside) {
                throw Refusals.invalid(
                        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                                + " ExclusiveStartKey with correct Segment. TotalSegments: %d Segment: %d",
                        total, number);
            }
        }
    }

    /// Within what a starting key must lie.
    interface Bounds {
        /// What is said of a key that has other attributes.
        default AwsError mismatch() {
            return Source.mismatch();
        }

        void check(Blob key);
    }
}
