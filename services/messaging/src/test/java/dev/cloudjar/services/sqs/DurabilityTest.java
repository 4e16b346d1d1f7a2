package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A world that is closed and opened again has everything: queues, messages, what is in flight, ids, handles.
class DurabilityTest {
    @Test
    void aReopenedWorldGoesOnWhereItWas(@TempDir Path directory) {
        String queue;
        String fifo;
        Message taken;
        try (var sqs = SqsUnderTest.open(directory)) {
            queue = sqs.create("orders", Map.of("VisibilityTimeout", "1000"));
            fifo = sqs.createFifo("orders.fifo", Map.of("VisibilityTimeout", "1000"));
            sqs.send(queue, "taken");
            taken = sqs.receive(queue).getFirst();
            sqs.send(queue, "waiting");
            sqs.send(fifo, "a", "a1");
            sqs.send(fifo, "a", "a2");
            sqs.receive(fifo, 1);
        }
        try (var sqs = SqsUnderTest.open(directory)) {
            assertThat(sqs.counts(queue)).containsExactly(1, 1, 0);
            assertThat(sqs.bodies(queue)).containsExactly("waiting");
            sqs.delete(queue, taken);
            assertThat(sqs.counts(queue)).containsExactly(0, 1, 0);
            sqs.send(fifo, "a", "a1");
            assertThat(sqs.bodies(fifo)).as("the group is still blocked").isEmpty();
            assertThat(sqs.counts(fifo)).as("the id is still known").isEqualTo(List.of(1, 1, 0));
        }
    }
}
