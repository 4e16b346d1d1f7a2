package dev.cloudjar.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The queues that the load goes to, filled and emptied beforehand through AWS's SDK. There are several because AWS
/// lets
/// 120,000 messages of one queue be in flight.
final class Queues implements AutoCloseable {
    static final int COUNT = 16;
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String prefix;

    Queues(int port) {
        prefix = "http://localhost:" + port + "/000000000000/q";
        sqs = SqsClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        for (int i = 1; i <= COUNT; i++) {
            String name = "q" + i;
            sqs.createQueue(q -> q.queueName(name));
        }
    }

    String prefix() {
        return prefix;
    }

    void empty() {
        each(i -> sqs.purgeQueue(q -> q.queueUrl(prefix + i)));
    }

    /// Puts `messages` into the queues, evenly.
    void fill(int messages) throws InterruptedException {
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        for (int i = 0; i < BATCH; i++) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .messageBody("x".repeat(100))
                    .build());
        }
        together(i -> {
            for (int sent = 0; sent < messages / COUNT; sent += BATCH) {
                sqs.sendMessageBatch(b -> b.queueUrl(prefix + i).entries(entries));
            }
        });
    }

    /// Receives `messages` and writes their handles into a file, those of all queues by turns.
    Path receive(int messages, Path file) throws IOException, InterruptedException {
        List<ConcurrentLinkedQueue<String>> handles = new ArrayList<>();
        each(i -> handles.add(new ConcurrentLinkedQueue<>()));
        together(i -> {
            ConcurrentLinkedQueue<String> own = handles.get(i - 1);
            for (int received = 0; received < messages / COUNT; ) {
                List<Message> batch = sqs.receiveMessage(r -> r.queueUrl(prefix + i)
                                .maxNumberOfMessages(BATCH)
                                .visibilityTimeout(43_200))
                        .messages();
                batch.forEach(message -> own.add(i + " " + message.receiptHandle()));
                received += Math.max(1, batch.size());
            }
        });
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (handles.stream().anyMatch(own -> !own.isEmpty())) {
                for (ConcurrentLinkedQueue<String> own : handles) {
                    String next = own.poll();
                    if (next != null) {
                        out.append(next).append('\n');
                    }
                }
            }
        }
        return file;
    }

    private interface Work {
        void on(int queue);
    }

    private static void each(Work work) {
        for (int i = 1; i <= COUNT; i++) {
            work.on(i);
        }
    }

    private static void together(Work work) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        each(i -> threads.add(Thread.startVirtualThread(() -> work.on(i))));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        sqs.close();
    }
}
