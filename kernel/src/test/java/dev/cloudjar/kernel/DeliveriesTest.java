package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is sent to an ARN reaches its service, in its account and region, if the sender's transaction commits.
class DeliveriesTest {
    private static final String OTHER = "222222222222";
    private static final Arn TARGET = new Arn("aws", Notes.ID, "us-west-2", OTHER, "board/main");

    private final AtomicInteger toFail = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private World open(Path directory) {
        World world = World.open(directory, Calls.settings(log::add), List.of(Notes.entry(toFail)));
        world.freezeClock();
        return world;
    }

    private static void send(World world, String text) {
        Calls.run(() -> world.transactions().run(() -> {
            world.deliveries().send("s3.amazonaws.com", TARGET, new Payload(text, Map.of("a", "b")));
            if (text.isEmpty()) {
                throw new IllegalArgumentException("refused");
            }
            return true;
        }));
    }

    private static List<String> delivered(World world) {
        world.advanceClock(Duration.ofSeconds(1));
        return Calls.as(OTHER, "us-west-2", () -> Notes.in(world).texts());
    }

    @Test
    void payloadsArriveInOrderWhereTheArnSays(@TempDir Path directory) {
        try (World world = open(directory)) {
            send(world, "one");
            send(world, "two");

            assertThat(delivered(world)).containsExactly("main: one{a=b}", "main: two{a=b}");
            assertThat(Calls.as(() -> Notes.in(world).texts())).isEmpty();
        }
    }

    @Test
    void nothingArrivesFromATransactionThatWasRefused(@TempDir Path directory) {
        try (World world = open(directory)) {
            assertThatThrownBy(() -> send(world, "")).hasMessage("refused");

            assertThat(delivered(world)).isEmpty();
        }
    }

    @Test
    void aTargetThatFailsGetsItAgainAlsoAfterReopening(@TempDir Path directory) {
        try (World world = open(directory)) {
            toFail.set(1000);
            send(world, "one");
            assertThat(delivered(world)).isEmpty();
            assertThat(log).isNotEmpty();
        }
        toFail.set(0);
        try (World world = open(directory)) {
            world.advanceClock(Duration.ofMinutes(5));

            assertThat(delivered(world)).containsExactly("main: one{a=b}");
        }
    }

    @Test
    void anEventGoesNowhereInAWorldWithoutEventBridge(@TempDir Path directory) {
        try (World world = open(directory)) {
            Calls.run(() -> world.events().publish(new AwsEvent("aws.s3", "Object Created", List.of(), "{}")));

            assertThat(Calls.as(() -> world.agenda().pending())).isEmpty();
        }
    }
}
