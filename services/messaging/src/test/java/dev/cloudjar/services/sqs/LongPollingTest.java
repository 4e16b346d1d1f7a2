package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A receiver that waits is answered as soon as there is something. The clock stands still here, so nothing but the
/// message itself can wake it.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LongPollingTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aMessageWakesItsReceiver() throws Exception {
        var waiting = poll(queue);

        sqs.send(queue, "one");

        assertThat(waiting.get()).extracting(SqsUnderTest::body).containsExactly("one");
    }

    @Test
    void eachMessageGoesToOneOfManyReceivers() throws Exception {
        var first = poll(queue);
        var second = poll(queue);

        sqs.send(queue, "one");
        sqs.send(queue, "two");

        assertThat(List.of(first.get().getFirst(), second.get().getFirst()))
                .extracting(SqsUnderTest::body)
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aMessageGivenBackWakesAReceiver() throws Exception {
        sqs.send(queue, "one");
        Message message = sqs.receive(queue).getFirst();
        var waiting = poll(queue);

        sqs.hide(queue, message, 0);

        assertThat(waiting.get()).extracting(SqsUnderTest::body).containsExactly("one");
    }

    @Test
    void aReceiverIsWokenAfterAPurge() throws Exception {
        var waiting = poll(queue);

        sqs.call(new dev.cloudjar.api.Sqs.PurgeQueueRequest().queueUrl(queue));
        sqs.send(queue, "one");

        assertThat(waiting.get()).extracting(SqsUnderTest::body).containsExactly("one");
    }

    @Test
    void aDelayedMessageWakesItsReceiverWhenTheClockGetsThere() throws Exception {
        sqs.call(new SendMessageRequest().queueUrl(queue).messageBody("later").delaySeconds(10));
        var waiting = poll(queue);

        sqs.passSeconds(10);

        assertThat(waiting.get()).extracting(SqsUnderTest::body).containsExactly("later");
    }

    @Test
    void waitingEndsWithTheTimeOfTheQueue() throws Exception {
        String patient = sqs.create("patient", Map.of("ReceiveMessageWaitTimeSeconds", "20"));
        var waiting = CompletableFuture.supplyAsync(() -> sqs.receive(patient), Thread::startVirtualThread);

        while (!waiting.isDone()) {
            sqs.passSeconds(1);
        }

        assertThat(waiting.get()).isEmpty();
    }

    @Test
    void aBlockedGroupWakesItsReceiverWhenItIsFree() throws Exception {
        String fifo = sqs.createFifo("orders.fifo", Map.of());
        sqs.send(fifo, "a", "a1");
        sqs.send(fifo, "a", "a2");
        Message first = sqs.receive(fifo, 1).getFirst();
        var waiting = poll(fifo);

        sqs.delete(fifo, first);

        assertThat(waiting.get()).extracting(SqsUnderTest::body).containsExactly("a2");
    }

    private CompletableFuture<List<Message>> poll(String url) {
        var request = new ReceiveMessageRequest().queueUrl(url).waitTimeSeconds(20);
        return CompletableFuture.supplyAsync(() -> sqs.receive(request), Thread::startVirtualThread);
    }
}
