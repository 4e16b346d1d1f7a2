package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the order of sends, receives, deletes and waiting: what is due comes back, and nothing else does. A
/// failure names its seed, and the seed repeats it exactly.
class NoMessageIsLostTest {
    private static final long VISIBILITY = 30;

    /// The model: the second from which each message may be received.
    private final Map<String, Long> dueFrom = new HashMap<>();

    private long second;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyHistoryAgreesWithTheModel(long seed) {
        var random = new SplittableRandom(seed);
        try (var sqs = SqsUnderTest.seeded(seed)) {
            String queue = sqs.create("orders", Map.of("VisibilityTimeout", Long.toString(VISIBILITY)));
            for (int step = 0; step < 100; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> send(sqs, queue, random);
                    case 1 -> pass(sqs, random.nextInt(20));
                    case 2 -> checkCounts(sqs, queue);
                    default -> receiveAndDeleteSome(sqs, queue, random);
                }
            }
        }
    }

    /// Some messages have a group, some a delay.
    private void send(SqsUnderTest sqs, String queue, SplittableRandom random) {
        var request =
                new dev.cloudjar.api.Sqs.SendMessageRequest().queueUrl(queue).messageBody("body");
        int delay = random.nextInt(3) * 10;
        if (delay > 0) {
            request.delaySeconds(delay);
        }
        if (random.nextBoolean()) {
            request.messageGroupId("tenant-" + random.nextInt(4));
        }
        var sent = sqs.<dev.cloudjar.api.Sqs.SendMessageResult>call(request);
        dueFrom.put(sent.messageId().orElseThrow(), second + delay);
    }

    private void pass(SqsUnderTest sqs, int seconds) {
        sqs.passSeconds(seconds);
        second += seconds;
    }

    private void checkCounts(SqsUnderTest sqs, String queue) {
        long due = dueFrom.values().stream().filter(from -> from <= second).count();
        List<Integer> counts = sqs.counts(queue);

        assertThat(counts.getFirst()).isEqualTo((int) due);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(dueFrom.size());
    }

    private void receiveAndDeleteSome(SqsUnderTest sqs, String queue, SplittableRandom random) {
        int most = 1 + random.nextInt(10);
        List<Message> got = sqs.receive(queue, most);
        long due = dueFrom.values().stream().filter(from -> from <= second).count();

        assertThat(got).hasSize((int) Math.min(most, due));
        assertThat(got).allMatch(m -> dueFrom.getOrDefault(m.messageId().orElseThrow(), Long.MAX_VALUE) <= second);
        assertThat(got).doesNotHaveDuplicates();

        for (Message message : got) {
            String id = message.messageId().orElseThrow();
            dueFrom.put(id, second + VISIBILITY);
            if (random.nextBoolean()) {
                sqs.delete(queue, message);
                dueFrom.remove(id);
            } else if (random.nextInt(4) == 0) {
                sqs.hide(queue, message, 5);
                dueFrom.put(id, second + 5);
            }
        }
    }
}
