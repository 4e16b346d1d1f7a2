package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.SendMessageResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, received, deleted, given back or left alone: each group of a FIFO queue is received in
/// order, no group has messages in flight twice, and an id used within five minutes is not delivered again.
class StrictOrderTest {
    private static final int VISIBILITY = 30;
    private static final int INTERVAL = 300;

    /// The model of one group: what is in it, in order, and until when the first of these are away.
    private static final class GroupModel {
        private final List<String> line = new ArrayList<>();
        private final Map<String, Long> hiddenUntil = new HashMap<>();

        boolean isFree(long second) {
            return hiddenUntil.values().stream().allMatch(until -> until <= second);
        }
    }

    private final Map<String, GroupModel> groups = new HashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private long second;

    @ParameterizedTest
    @MethodSource("dev.cloudjar.services.sqs.NoMessageIsLostTest#seeds")
    void everyGroupKeepsItsOrder(long seed) {
        var random = new SplittableRandom(seed);
        try (var sqs = SqsUnderTest.seeded(seed)) {
            String queue = sqs.createFifo("orders.fifo", Map.of("VisibilityTimeout", Integer.toString(VISIBILITY)));
            for (int step = 0; step < 100; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> send(sqs, queue, random);
                    case 2 -> pass(sqs, random.nextInt(40));
                    default -> receive(sqs, queue, random);
                }
            }
        }
    }

    private void send(SqsUnderTest sqs, String queue, SplittableRandom random) {
        String group = "g" + random.nextInt(3);
        String body = "m" + random.nextInt(40);
        boolean known = used.getOrDefault(body, -1L) > second;

        SendMessageResult sent = sqs.send(queue, group, body);

        assertThat(sent.messageId()).isPresent();
        if (!known) {
            used.put(body, second + INTERVAL);
            groups.computeIfAbsent(group, _ -> new GroupModel()).line.add(body);
        }
    }

    private void pass(SqsUnderTest sqs, int seconds) {
        sqs.passSeconds(seconds);
        second += seconds;
    }

    private void receive(SqsUnderTest sqs, String queue, SplittableRandom random) {
        int most = 1 + random.nextInt(10);
        var free = new HashMap<String, List<String>>();
        groups.forEach((name, group) -> {
            if (group.isFree(second) && !group.line.isEmpty()) {
                free.put(name, group.line);
            }
        });
        long available = free.values().stream().mapToLong(List::size).sum();

        List<Message> got = sqs.receive(queue, most);

        assertThat(got).hasSize((int) Math.min(most, available));
        var byGroup = new HashMap<String, List<String>>();
        got.forEach(
                m -> byGroup.computeIfAbsent(groupOf(m), _ -> new ArrayList<>()).add(SqsUnderTest.body(m)));
        byGroup.forEach((name, bodies) -> assertThat(free.get(name)).startsWith(bodies.toArray(String[]::new)));
        got.forEach(message -> settle(sqs, queue, message, random));
    }

    private void settle(SqsUnderTest sqs, String queue, Message message, SplittableRandom random) {
        GroupModel group = groups.getOrDefault(groupOf(message), new GroupModel());
        String body = SqsUnderTest.body(message);
        switch (random.nextInt(4)) {
            case 0 -> group.hiddenUntil.put(body, second + VISIBILITY);
            case 1 -> {
                sqs.hide(queue, message, 7);
                group.hiddenUntil.put(body, second + 7);
            }
            default -> {
                sqs.delete(queue, message);
                group.line.remove(body);
                group.hiddenUntil.remove(body);
            }
        }
    }

    private static String groupOf(Message message) {
        return message.attributes().getOrDefault("MessageGroupId", "");
    }
}
