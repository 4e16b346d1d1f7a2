package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.metrics.NullMetricsFactory;

/// AWS's Kinesis adapter and the Kinesis client library, unchanged, live on a stream: they keep their leases in
/// tables, read every change once and in order, and go on from a shard to its child.
@OnCloud(alone = true)
@Tag("acceptance")
class KinesisAdapterTest {
    private static final int EACH = 30;

    private final TestCloud cloud;
    private final DynamoDbClient dynamoDb;

    KinesisAdapterTest(TestCloud cloud, DynamoDbClient dynamoDb) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
    }

    private String makeATable() {
        return dynamoDb.createTable(IdTable.named("orders")
                        .streamSpecification(
                                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .build())
                .tableDescription()
                .latestStreamArn();
    }

    private void change(int from) {
        IntStream.range(from, from + EACH)
                .forEach(i -> dynamoDb.putItem(p -> p.tableName("orders")
                        .item(Map.of(
                                "id",
                                AttributeValue.fromS("i" + i % 3),
                                "n",
                                AttributeValue.fromN(Integer.toString(i))))));
    }

    @Test
    void everyChangeIsReadOnceThroughTwoShards() throws InterruptedException, ExecutionException, TimeoutException {
        String stream = makeATable();
        change(0);
        var seen = new SeenChanges();
        try (DynamoDbStreamsClient streams = Clients.with(DynamoDbStreamsClient.builder(), cloud);
                DynamoDbAsyncClient leases = Clients.with(DynamoDbAsyncClient.builder(), cloud);
                CloudWatchAsyncClient metrics = Clients.with(CloudWatchAsyncClient.builder(), cloud);
                var adapter = new AmazonDynamoDBStreamsAdapterClient(streams, Region.US_EAST_1)) {
            Scheduler scheduler = scheduler(adapter, new Stores(leases, metrics), stream, seen);
            Thread.ofPlatform().daemon().start(scheduler);
            try {
                seen.await(EACH);
                cloud.advance(Duration.ofHours(5));
                change(EACH);
                seen.await(2 * EACH);
            } finally {
                scheduler.startGracefulShutdown().get(1, TimeUnit.MINUTES);
            }
        }

        assertThat(seen.numbers("i0")).containsExactlyElementsOf(numbers(0));
        assertThat(seen.numbers("i1")).containsExactlyElementsOf(numbers(1));
        assertThat(seen.numbers("i2")).containsExactlyElementsOf(numbers(2));
        assertThat(dynamoDb.listTables().tableNames()).contains("adapter", "orders");
    }

    private static Iterable<Integer> numbers(int item) {
        return IntStream.range(0, 2 * EACH).filter(i -> i % 3 == item).boxed().toList();
    }

    /// Where the library keeps what it knows, and where it would report.
    private record Stores(DynamoDbAsyncClient leases, CloudWatchAsyncClient metrics) {}

    private static Scheduler scheduler(
            AmazonDynamoDBStreamsAdapterClient adapter, Stores stores, String stream, SeenChanges seen) {
        var configs = new ConfigsBuilder(
                StreamsSchedulerFactory.createSingleStreamTracker(
                        stream,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                "adapter",
                adapter,
                stores.leases(),
                stores.metrics(),
                "worker",
                seen::processor);
        return StreamsSchedulerFactory.createScheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig()
                        .parentShardPollIntervalMillis(500)
                        .shardConsumerDispatchPollIntervalMillis(200),
                configs.leaseManagementConfig().failoverTimeMillis(2_000).shardSyncIntervalMillis(1_000),
                configs.lifecycleConfig(),
                configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(),
                configs.retrievalConfig()
                        .retrievalSpecificConfig(
                                new DynamoDBStreamsPollingConfig(stream, adapter).idleTimeBetweenReadsInMillis(200)),
                adapter);
    }
}
