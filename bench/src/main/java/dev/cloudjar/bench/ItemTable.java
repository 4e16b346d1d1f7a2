package dev.cloudjar.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table that the load goes to, made, filled and scanned through AWS's SDK: a hundred items of about 300
/// bytes in each partition.
final class ItemTable implements AutoCloseable {
    private static final String NAME = "bench";
    private static final int BATCH = 25;
    private static final int WRITERS = 8;
    private static final AttributeValue FILL = AttributeValue.fromS("x".repeat(270));

    private final DynamoDbClient client;

    ItemTable(int port) {
        client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        client.createTable(table -> table.tableName(NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definition("pk", ScalarAttributeType.S), definition("sk", ScalarAttributeType.N))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    }

    private static AttributeDefinition definition(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    void fill(long items) throws InterruptedException {
        var next = new AtomicLong();
        together(WRITERS, writer -> {
            for (long from = next.getAndAdd(BATCH); from < items; from = next.getAndAdd(BATCH)) {
                var batch = new ArrayList<WriteRequest>(BATCH);
                for (long item = from; item < Math.min(items, from + BATCH); item++) {
                    batch.add(put(item));
                }
                client.batchWriteItem(write -> write.requestItems(Map.of(NAME, batch)));
            }
        });
    }

    private static WriteRequest put(long item) {
        Map<String, AttributeValue> values = Map.of(
                "pk", AttributeValue.fromS("p" + item / 100),
                "sk", AttributeValue.fromN(Long.toString(item % 100)),
                "n", AttributeValue.fromN("1"),
                "fill", FILL);
        return WriteRequest.builder().putRequest(put -> put.item(values)).build();
    }

    /// Counts the items in so many segments at once.
    long scan(int segments) throws InterruptedException {
        var counted = new AtomicLong();
        together(segments, segment -> {
            for (ScanResponse page : client.scanPaginator(scan ->
                    scan.tableName(NAME).select(Select.COUNT).segment(segment).totalSegments(segments))) {
                counted.addAndGet(page.count());
            }
        });
        return counted.get();
    }

    private interface Work {
        void of(int number);
    }

    private static void together(int many, Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        for (int i = 0; i < many; i++) {
            int number = i;
            Thread thread = Thread.ofVirtual().unstarted(() -> work.of(number));
            thread.setUncaughtExceptionHandler((failed, cause) -> failures.add(cause));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.peek());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
