package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.SendMessageBatchRequest;
import dev.cloudjar.api.Sqs.SendMessageBatchRequestEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// No more than 120,000 messages of a queue are in flight at once.
class InFlightLimitTest {
    private static final int LIMIT = 120_000;

    @Test
    void aReceiverBeyondTheLimitIsToldSo() {
        try (var sqs = SqsUnderTest.fresh()) {
            String queue = sqs.create("orders", Map.of("VisibilityTimeout", "1000"));
            var entries = IntStream.range(0, 10)
                    .mapToObj(
                            i -> new SendMessageBatchRequestEntry().id("e" + i).messageBody("body"))
                    .toList();
            List<Message> last = List.of();
            for (int i = 0; i < LIMIT / 10; i++) {
                sqs.call(new SendMessageBatchRequest().queueUrl(queue).entries(entries));
                last = sqs.receive(queue);
            }
            assertThat(last).hasSize(10);
            sqs.send(queue, "one more");

            assertThat(Refused.by(() -> sqs.receive(queue)))
                    .isEqualTo(new Refused(
                            "OverLimit",
                            "Too many messages have been received without being deleted. Please delete your received"
                                    + " messages or let them timeout before receiving more."));
            sqs.delete(queue, last.getFirst());
            assertThat(sqs.bodies(queue)).containsExactly("one more");
        }
    }
}
