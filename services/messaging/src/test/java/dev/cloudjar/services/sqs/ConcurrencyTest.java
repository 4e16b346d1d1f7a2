package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.SendMessageBatchRequest;
import dev.cloudjar.api.Sqs.SendMessageBatchRequestEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Many at once: nothing is lost, nothing comes twice, nothing comes out of order.
class ConcurrencyTest {
    private static final int THREADS = 64;

    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    @Test
    void receiversShareTheMessagesAmongThemselves() {
        String queue = sqs.create("orders");
        IntStream.range(0, 1_000).forEach(i -> fill(queue, i));
        var received = new ConcurrentLinkedQueue<String>();

        together(_ -> {
            List<Message> some = sqs.receive(queue);
            while (!some.isEmpty()) {
                some.forEach(m -> received.add(SqsUnderTest.body(m)));
                some.forEach(m -> sqs.delete(queue, m));
                some = sqs.receive(queue);
            }
        });

        assertThat(received).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
    }

    @Test
    void sendersOfOneGroupEachKeepTheirOrder() {
        String fifo = sqs.createFifo("orders.fifo", Map.of());

        together(thread -> {
            for (int i = 0; i < 20; i++) {
                sqs.send(fifo, "g", thread + "-" + i);
            }
        });

        var last = new java.util.HashMap<String, Integer>();
        List<Message> some = sqs.receive(fifo);
        while (!some.isEmpty()) {
            for (Message message : some) {
                String[] parts = SqsUnderTest.body(message).split("-");
                int place = Integer.parseInt(parts[1]);
                assertThat(place).isEqualTo(last.merge(parts[0], 1, Integer::sum) - 1);
                sqs.delete(fifo, message);
            }
            some = sqs.receive(fifo);
        }
        assertThat(last)
                .hasSize(THREADS)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(20));
    }

    private void fill(String queue, int batch) {
        var entries = IntStream.range(0, 10)
                .mapToObj(i -> new SendMessageBatchRequestEntry().id("e" + i).messageBody(batch + "." + i))
                .toList();
        sqs.call(new SendMessageBatchRequest().queueUrl(queue).entries(entries));
    }

    private static void together(java.util.function.IntConsumer work) {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                    .start(() -> work.accept(number)));
        }
        threads.forEach(ConcurrencyTest::join);
        assertThat(failures).isEmpty();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
