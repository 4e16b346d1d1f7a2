package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.ReceiveMessageResult;
import dev.cloudjar.api.Sqs.SendMessageBatchRequest;
import dev.cloudjar.api.Sqs.SendMessageBatchRequestEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Measures, in process, what a million messages of 100 bytes cost: heap, receives with few and many waiting, sends
/// by one thread and by many. Run by hand; nothing asserts a time.
final class Measure {
    private static final int MILLION = 1_000_000;
    private static final String BODY = "x".repeat(100);

    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private Measure() {}

    public static void main(String[] args) throws InterruptedException {
        new Measure().run();
    }

    private void run() throws InterruptedException {
        String few = sqs.create("few");
        String many = sqs.create("many");
        for (int i = 0; i < 2_000; i++) {
            batch(few);
            delete(few, receive(few));
        }
        receiveAndDelete(few, "few waiting");
        long before = heap();
        report("batches of 10 by one thread", MILLION / 10, () -> batch(many));
        System.out.println((heap() - before) / MILLION + " bytes of heap a message");
        receiveAndDelete(many, "a million waiting");
        report("sends by one thread", 200_000, () -> sqs.send(many, BODY));
        sendTogether(many);
        String fifo = sqs.createFifo("orders.fifo", Map.of());
        int[] number = new int[1];
        report("FIFO sends, 100 groups", 50_000, () -> sqs.send(fifo, "g" + number[0] % 100, "m" + number[0]++));
        receiveAndDelete(fifo, "FIFO, 50,000 waiting");
    }

    private void receiveAndDelete(String queue, String what) {
        var received = new ArrayList<List<Message>>();
        if (what.startsWith("few")) {
            for (int i = 0; i < 2_000; i++) {
                batch(queue);
            }
        }
        report("receives of 10, " + what, 2_000, () -> received.add(receive(queue)));
        int[] next = new int[1];
        report("10 deletions, " + what, 2_000, () -> delete(queue, received.get(next[0]++)));
    }

    private List<Message> receive(String queue) {
        return sqs.<ReceiveMessageResult>call(
                        new ReceiveMessageRequest().queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    private void delete(String queue, List<Message> messages) {
        messages.forEach(message -> sqs.delete(queue, message));
    }

    private void batch(String queue) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, 10)
                .mapToObj(i -> new SendMessageBatchRequestEntry().id("e" + i).messageBody(BODY))
                .toList();
        sqs.call(new SendMessageBatchRequest().queueUrl(queue).entries(entries));
    }

    private void sendTogether(String queue) throws InterruptedException {
        long cpu = cpu();
        long start = now();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 64; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 4_000; i++) {
                    sqs.send(queue, BODY);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        tell("sends by 64 threads", 64 * 4_000, now() - start, cpu() - cpu);
    }

    private static void report(String what, int times, Runnable work) {
        long cpu = cpu();
        long start = now();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        tell(what, times, now() - start, cpu() - cpu);
    }

    private static void tell(String what, int times, long nanos, long cpu) {
        System.out.printf("%s: %.1f us of CPU each, %d/s%n", what, cpu / 1e3 / times, times * 1_000_000_000L / nanos);
    }

    private static long now() {
        Instant now = InstantSource.system().instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /// The CPU time of the whole process: that of the collector and the compiler included.
    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
