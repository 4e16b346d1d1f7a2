package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// A receiver that waits is woken by the message that comes, long before its patience ends.
@OnCloud
@Tag("acceptance")
class LongPollTest {
    private final SqsAsyncClient async;
    private final Queues queues;

    LongPollTest(TestCloud cloud, SqsClient sqs, SqsAsyncClient async) {
        this.async = async;
        this.queues = new Queues(cloud, sqs);
    }

    @Test
    void aWaitingReceiverGetsWhatComes() throws Exception {
        String url = queues.create("waited-for");
        CompletableFuture<ReceiveMessageResponse> waiting =
                async.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20).maxNumberOfMessages(10));

        queues.send(url, "at last");

        assertThat(waiting.get(15, TimeUnit.SECONDS).messages()).singleElement().returns("at last", m -> m.body());
    }

    @Test
    void everyWaitingReceiverGetsAMessageOfItsOwn() throws Exception {
        String url = queues.create("many");
        CompletableFuture<ReceiveMessageResponse> one =
                async.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20));
        CompletableFuture<ReceiveMessageResponse> two =
                async.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20));

        queues.send(url, "a", "b");

        assertThat(List.of(body(one), body(two))).containsExactlyInAnyOrder("a", "b");
    }

    private static String body(CompletableFuture<ReceiveMessageResponse> waiting) throws Exception {
        return waiting.get(15, TimeUnit.SECONDS).messages().getFirst().body();
    }
}
