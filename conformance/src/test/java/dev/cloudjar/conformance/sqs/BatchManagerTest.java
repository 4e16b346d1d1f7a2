package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// The Java SDK's request batcher, which gathers single calls into batches and receives ahead.
@OnCloud
@Tag("acceptance")
class BatchManagerTest {
    private static final int MESSAGES = 5_000;
    private static final int AT_ONCE = 500;

    /// The batcher answers what it has got so far, which may be nothing.
    private static final int MOST_RECEIVES = 10 * MESSAGES;

    private final SqsAsyncClient async;
    private final Queues queues;

    BatchManagerTest(TestCloud cloud, SqsClient sqs, SqsAsyncClient async) {
        this.async = async;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void carriesEveryMessageThere() throws Exception {
        String url = queues.create("batched");
        try (SqsAsyncBatchManager batcher = async.batchManager()) {
            for (int start = 0; start < MESSAGES; start += AT_ONCE) {
                send(batcher, url, start);
            }

            Set<String> received = new HashSet<>();
            for (int call = 0; call < MOST_RECEIVES && received.size() < MESSAGES; call++) {
                List<Message> messages = batcher.receiveMessage(
                                r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(10))
                        .get(30, TimeUnit.SECONDS)
                        .messages();
                messages.forEach(
                        message -> assertThat(received.add(message.body())).isTrue());
                delete(batcher, url, messages);
            }
            assertThat(received)
                    .isEqualTo(
                            IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).collect(Collectors.toSet()));
        }
    }

    private static void send(SqsAsyncBatchManager batcher, String url, int start) throws Exception {
        var sent = new ArrayList<CompletableFuture<SendMessageResponse>>();
        for (int i = start; i < start + AT_ONCE; i++) {
            String body = "m" + i;
            sent.add(batcher.sendMessage(m -> m.queueUrl(url).messageBody(body)));
        }
        for (CompletableFuture<SendMessageResponse> one : sent) {
            assertThat(one.get(30, TimeUnit.SECONDS).messageId()).isNotEmpty();
        }
    }

    private static void delete(SqsAsyncBatchManager batcher, String url, List<Message> messages) throws Exception {
        var deleted = messages.stream()
                .map(m -> batcher.deleteMessage(d -> d.queueUrl(url).receiptHandle(m.receiptHandle())))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(deleted).get(30, TimeUnit.SECONDS);
    }
}
