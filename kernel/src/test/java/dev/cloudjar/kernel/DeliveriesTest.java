package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is sent to an ARN reaches its service, in its account and region, if the sender's transaction commits.
class DeliveriesTest {
    private static final String OTHER = "222222222222";
    private static final Arn TARGET = new Arn("aws", Notes.ID, "us-west-2", OTHER, "board/main");

    private static final Sender SENDER =
            Sender.of("s3.amazonaws.com", Arn.parse("arn:aws:s3:::photos").orElseThrow());

    private final AtomicInteger toFail = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    private World withTakers(Path directory) {
        World world = World.open(
                directory,
                Calls.settings(log::add),
                List.of(
                        Notes.entry(toFail),
                        new Service.Entry("refusing", _ -> new Takers.Refusing()),
                        new Service.Entry("stuck", kernel -> new Takers.Stuck(kernel, begun, free))));
        world.freezeClock();
        return world;
    }

    private static Takers.Stuck stuck(World world) {
        return (Takers.Stuck) world.service("stuck").orElseThrow().service();
    }

    private World open(Path directory) {
        World world = World.open(directory, Calls.settings(log::add), List.of(Notes.entry(toFail)));
        world.freezeClock();
        return world;
    }

    private static void send(World world, String text) {
        Calls.run(() -> world.transactions().run(() -> {
            world.deliveries().send(SENDER, TARGET, new Payload(text, Map.of("a", "b")));
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

    private static void send(World world, Arn target, String text, Retry retry) {
        Calls.run(() -> world.deliveries().send(Sender.of("s3.amazonaws.com"), target, Payload.of(text), retry));
    }

    @Test
    void oneThatFailsIsFollowedByItsSuccessorsInOrder(@TempDir Path directory) {
        try (World world = open(directory)) {
            toFail.set(3);
            for (int i = 1; i <= 5; i++) {
                send(world, Integer.toString(i));
            }

            world.advanceClock(Duration.ofMinutes(1));

            assertThat(delivered(world)).map(text -> text.charAt(6)).containsExactly('1', '2', '3', '4', '5');
            assertThat(Calls.as(() -> world.deliveries().onTheirWay())).isEmpty();
            assertThat(Calls.as(() -> world.agenda().pending())).isEmpty();
        }
    }

    @Test
    void whatIsRefusedGoesToTheDeadLettersAtOnceAndSaysWhy(@TempDir Path directory) {
        try (World world = withTakers(directory)) {
            Arn gone = new Arn("aws", "refusing", "us-west-2", OTHER, "gone");
            send(world, gone, "lost", Retry.USUAL.deadLetters(TARGET));
            send(world, gone, "nowhere to go", Retry.USUAL);

            assertThat(delivered(world))
                    .singleElement()
                    .asString()
                    .startsWith("main: lost{")
                    .contains("ERROR_CODE=ResourceNotFound", "ERROR_MESSAGE=gone is gone", "TARGET_ARN=" + gone);
            assertThat(Calls.as(() -> world.failures().latest(10)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.failure().payload()).isEqualTo("nowhere to go"));
            world.advanceClock(Duration.ofDays(15));
            assertThat(Calls.as(() -> world.failures().latest(10))).isEmpty();
        }
    }

    @Test
    void aTargetThatAlwaysFailsIsGivenUpAndHurtsNobodyElse(@TempDir Path directory) {
        try (World world = withTakers(directory)) {
            toFail.set(Integer.MAX_VALUE);
            send(world, TARGET, "poison", new Retry(3, Duration.ofDays(1), Optional.empty()));
            Calls.as("222222222222", Calls.REGION, () -> {
                world.deliveries().send("sns.amazonaws.com", new Arn("aws", "stuck", "", "", "x"), Payload.of("fine"));
                return true;
            });
            free.countDown();

            world.advanceClock(Duration.ofMinutes(10));

            assertThat(Calls.as(() -> stuck(world).texts())).containsExactly("fine");
            assertThat(Calls.as(() -> world.failures().latest(10)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.failure().attempts()).isEqualTo(3));
        }
    }

    @Test
    void aTargetThatIsStuckHoldsUpNeitherOthersNorTheAgenda(@TempDir Path directory) throws InterruptedException {
        try (World world = withTakers(directory)) {
            world.resetClock();
            send(world, new Arn("aws", "stuck", "us-west-2", OTHER, "x"), "slow", Retry.USUAL);
            begun.await();
            var noted = new CountDownLatch(2);
            try (var _ =
                    Calls.as(OTHER, "us-west-2", () -> Notes.in(world).table().watch(noted::countDown))) {
                send(world, "quick");
                Calls.as(OTHER, "us-west-2", () -> {
                    world.agenda().at(world.time().now(), Notes.ID, "note", "timer");
                    return true;
                });
                assertThat(noted.await(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Calls.as(() -> stuck(world).texts())).isEmpty();

            var done = new CountDownLatch(1);
            try (var _ = Calls.as(() -> stuck(world).watch(done::countDown))) {
                free.countDown();
                assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Calls.as(() -> stuck(world).texts())).containsExactly("slow");
        }
    }

    @Test
    void theTargetsPolicyIsAsked(@TempDir Path directory) {
        try (World world = open(directory)) {
            world.judgedBy(new Policy() {
                @Override
                public void authorize(Call call, Service service, OperationSchema operation, Struct input) {}

                @Override
                public void require(Call call, Access access, String asking) {
                    assertThat(call.principal()).isEqualTo(Principal.service("s3.amazonaws.com"));
                    assertThat(call.account()).isEqualTo(OTHER);
                    assertThat(access.resource()).isEqualTo(TARGET.toString());
                    throw AwsError.Code.of("AccessDenied", 403)
                            .because("%s from %s", access.action(), new TreeMap<>(access.keys()));
                }
            });
            send(world, "one");

            assertThat(delivered(world)).isEmpty();
            assertThat(Calls.as(() -> world.failures().latest(10)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.failure().why())
                            .contains("notes:* from {aws:SourceAccount=[" + Calls.ACCOUNT
                                    + "], aws:SourceArn=[arn:aws:s3:::photos]}"));
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
