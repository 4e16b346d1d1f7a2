package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// In a standard queue, message groups are tenants: none makes the others wait behind its backlog.
class FairQueueTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aQuietTenantIsServedBesideANoisyOne() {
        for (int i = 0; i < 100; i++) {
            sqs.sendFair(queue, "noisy", "n" + i);
        }
        sqs.passSeconds(1);
        sqs.sendFair(queue, "quiet", "q");
        sqs.send(queue, "nobody's");

        assertThat(sqs.bodies(queue)).contains("q", "nobody's").hasSize(10);
    }

    @Test
    void tenantsTakeTurnsAcrossReceives() {
        for (int i = 0; i < 5; i++) {
            sqs.sendFair(queue, "a", "a" + i);
        }
        for (int i = 0; i < 5; i++) {
            sqs.sendFair(queue, "b", "b" + i);
        }

        List<String> order = new java.util.ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sqs.receive(queue, 1).forEach(m -> order.add(SqsUnderTest.body(m)));
        }

        assertThat(order).containsExactly("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
    }

    @Test
    void aTenantIsNotBlockedByWhatItHasInFlight() {
        sqs.sendFair(queue, "a", "a1");
        sqs.sendFair(queue, "a", "a2");

        assertThat(sqs.receive(queue, 1)).extracting(SqsUnderTest::body).containsExactly("a1");
        List<Message> second = sqs.receive(queue, 1);

        assertThat(second).extracting(SqsUnderTest::body).containsExactly("a2");
        assertThat(second.getFirst().attributes()).containsEntry("MessageGroupId", "a");
        sqs.passSeconds(30);
        assertThat(sqs.bodies(queue)).containsExactlyInAnyOrder("a1", "a2");
    }
}
