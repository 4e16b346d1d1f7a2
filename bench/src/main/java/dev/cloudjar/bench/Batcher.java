package dev.cloudjar.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;
import software.amazon.awssdk.services.sqs.model.Message;

/// The Java SDK's request batcher at full load: sends, receives and deletes as fast as it can, and counts every error.
final class Batcher {
    private static final int AT_ONCE = 2_000;

    private final InstantSource clock = InstantSource.system();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Semaphore room = new Semaphore(AT_ONCE);

    /// Messages sent and deleted, and calls that failed.
    record Figures(int seconds, long sent, long deleted, long errors) {}

    Figures run(Java java, int seconds) throws IOException, InterruptedException {
        try (Program server = Program.start(java.cloud(List.of(), List.of("start", "--memory", "--port", "0")));
                SqsAsyncClient sqs = client(server.port());
                SqsAsyncBatchManager batcher = sqs.batchManager()) {
            String url = sqs.createQueue(q -> q.queueName("batched")).join().queueUrl();
            Instant end = clock.instant().plus(Duration.ofSeconds(seconds));
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.startVirtualThread(() -> receive(batcher, url, end)));
            }
            while (clock.instant().isBefore(end)) {
                room.acquire();
                var _ = batcher.sendMessage(m -> m.queueUrl(url).messageBody("x".repeat(100)))
                        .whenComplete((answer, failure) -> {
                            (failure == null ? sent : errors).incrementAndGet();
                            room.release();
                        });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            room.acquire(AT_ONCE);
        }
        return new Figures(seconds, sent.get(), deleted.get(), errors.get());
    }

    private void receive(SqsAsyncBatchManager batcher, String url, Instant end) {
        while (clock.instant().isBefore(end)) {
            try {
                for (Message message : batcher.receiveMessage(
                                r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                        .join()
                        .messages()) {
                    var _ = batcher.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()))
                            .whenComplete((answer, failure) -> (failure == null ? deleted : errors).incrementAndGet());
                }
            } catch (CompletionException failed) {
                errors.incrementAndGet();
            }
        }
    }

    private static SqsAsyncClient client(int port) {
        return SqsAsyncClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
