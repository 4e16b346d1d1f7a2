package dev.cloudjar.conformance.dynamodb;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/// The changes that processors of shards have been given, by item and in order.
final class SeenChanges {
    private final Map<String, Queue<Integer>> numbers = new ConcurrentHashMap<>();
    private final Semaphore arrived = new Semaphore(0);

    ShardRecordProcessor processor() {
        return new Processor();
    }

    /// Waits until so many changes have come in all.
    void await(int changes) throws InterruptedException {
        if (!arrived.tryAcquire(changes, 2, TimeUnit.MINUTES)) {
            throw new AssertionError(arrived.availablePermits() + " of " + changes + " changes have come: " + numbers);
        }
        arrived.release(changes);
    }

    List<Integer> numbers(String item) {
        return new ArrayList<>(numbers.getOrDefault(item, new ConcurrentLinkedQueue<>()));
    }

    private final class Processor implements DynamoDBStreamsShardRecordProcessor {
        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            for (DynamoDBStreamsClientRecord record : input.records()) {
                Map<String, AttributeValue> image =
                        record.getRecord().dynamodb().newImage();
                String item = Objects.requireNonNull(image.get("id")).s();
                String number = Objects.requireNonNull(image.get("n")).n();
                numbers.computeIfAbsent(item, _ -> new ConcurrentLinkedQueue<>())
                        .add(Integer.valueOf(number));
                arrived.release();
            }
            checkpoint(input.checkpointer());
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            checkpoint(input.checkpointer());
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }

        private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (InvalidStateException | ShutdownException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
