package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.List;

/// Kinesis streams as destinations of a table's changes. This cloud has no Kinesis yet, so every stream that is
/// named is missing, and no table has a destination.
final class Destinations implements DynamoDb {
    private final Tables tables;

    Destinations(Tables tables) {
        this.tables = tables;
    }

    @Override
    public DescribeKinesisStreamingDestinationOutput describeKinesisStreamingDestination(
            DescribeKinesisStreamingDestinationInput in) {
        return new DescribeKinesisStreamingDestinationOutput()
                .tableName(tables.get(in.tableName()).id())
                .kinesisDataStreamDestinations(List.of());
    }

    @Override
    public KinesisStreamingDestinationOutput enableKinesisStreamingDestination(KinesisStreamingDestinationInput in) {
        check(in.tableName(), in.streamArn());
        throw RESOURCE_NOT_FOUND_EXCEPTION.because(
                "Requested resource not found: Kinesis stream: %s not found", in.streamArn());
    }

    @Override
    public KinesisStreamingDestinationOutput disableKinesisStreamingDestination(KinesisStreamingDestinationInput in) {
        check(in.tableName(), in.streamArn());
        throw notActive("disable", "DISABLE");
    }

    @Override
    public UpdateKinesisStreamingDestinationOutput updateKinesisStreamingDestination(
            UpdateKinesisStreamingDestinationInput in) {
        check(in.tableName(), in.streamArn());
        throw notActive("update", "UPDATE");
    }

    private void check(String table, String stream) {
        tables.checkActive(tables.get(table));
        if (Arn.parse(stream)
                .filter(arn -> arn.service().equals("kinesis"))
                .filter(arn -> arn.resource().startsWith("stream/"))
                .isEmpty()) {
            throw Refusals.invalid("Invalid StreamArn: %s", stream);
        }
    }

    private static AwsError notActive(String verb, String operation) {
        return Refusals.invalid(
                "Table is not in a valid state to %s Kinesis Streaming Destination: KinesisStreamingDestination must be"
                        + " ACTIVE to perform %s operation.",
                verb, operation);
    }
}
