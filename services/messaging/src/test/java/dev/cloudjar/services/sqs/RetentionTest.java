package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Messages live as long as their queue says, by the world's clock, and are delayed by it.
class RetentionTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aMessageIsGoneAfterFourDays() {
        sqs.send(queue, "one");
        sqs.pass(Duration.ofDays(4));
        assertThat(sqs.counts(queue)).containsExactly(1, 0, 0);
        sqs.pass(Duration.ofMillis(1));

        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void aMessageInFlightExpiresToo() {
        sqs.set(queue, "MessageRetentionPeriod", "60");
        sqs.send(queue, "one");
        sqs.hide(queue, sqs.receive(queue).getFirst(), 1000);

        sqs.passSeconds(61);

        assertThat(sqs.counts(queue)).containsExactly(0, 0, 0);
        sqs.passSeconds(1000);
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void expiredMessagesOfAFifoQueueLetTheirFollowersThrough() {
        String fifo = sqs.createFifo("orders.fifo", Map.of("MessageRetentionPeriod", "60"));
        sqs.send(fifo, "a", "old");
        sqs.receive(fifo);
        sqs.passSeconds(50);
        sqs.send(fifo, "a", "young");

        sqs.passSeconds(20);

        assertThat(sqs.counts(fifo)).containsExactly(1, 0, 0);
        assertThat(sqs.bodies(fifo)).containsExactly("young");
    }

    @Test
    void whatHasExpiredLeavesTheTables() {
        for (int i = 0; i < 30; i++) {
            sqs.send(queue, "old");
        }
        sqs.pass(Duration.ofDays(5));

        for (int i = 0; i < 3; i++) {
            sqs.send(queue, "young");
        }

        assertThat(sqs.rows("sqs.SentMessage")).isEqualTo(3);
        assertThat(sqs.rows("sqs.Due")).isEqualTo(3);
    }

    @Test
    void aDelayedMessageIsSeenWhenItsTimeHasCome() {
        sqs.call(new dev.cloudjar.api.Sqs.SendMessageRequest()
                .queueUrl(queue)
                .messageBody("later")
                .delaySeconds(900));

        assertThat(sqs.counts(queue)).containsExactly(0, 0, 1);
        sqs.passSeconds(899);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.passSeconds(1);
        assertThat(sqs.bodies(queue)).containsExactly("later");
    }

    @Test
    void theDelayOfAStandardQueueHoldsForWhatIsSentFromNowOn() {
        sqs.send(queue, "before");
        sqs.set(queue, "DelaySeconds", "10");
        sqs.send(queue, "after");

        assertThat(sqs.counts(queue)).containsExactly(1, 0, 1);
        assertThat(sqs.bodies(queue)).containsExactly("before");
    }
}
