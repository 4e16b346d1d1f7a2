package dev.cloudjar.kernel;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Notes.Note;
import dev.cloudjar.kernel.Time.Attempt;
import dev.cloudjar.kernel.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is set down in the agenda happens at its time, in order, once.
class AgendaTest {
    private final AtomicInteger toFail = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private World inMemory() {
        World world = World.inMemory(Calls.settings(log::add), List.of(Notes.entry(toFail)));
        world.freezeClock();
        return world;
    }

    private World open(Path directory) {
        return World.open(directory, Calls.settings(log::add), List.of(Notes.entry(toFail)));
    }

    private static void at(World world, Instant when, String task, String subject) {
        Calls.run(() -> world.agenda().at(when, Notes.ID, task, subject));
    }

    private static List<Note> notes(World world) {
        return Calls.as(() -> Notes.in(world).all());
    }

    private static List<String> texts(World world) {
        return Calls.as(() -> Notes.in(world).texts());
    }

    @Test
    void tasksAreDoneInOrderAtTheirTimeAndOnceAlsoAcrossReopening(@TempDir Path directory) {
        List<Note> expected = new ArrayList<>();
        try (World world = open(directory)) {
            world.freezeClock();
            Instant start = world.time().now();
            var random = new SplittableRandom(3);
            for (int i = 0; i < 200; i++) {
                Instant when = start.plusMillis(random.nextInt(3_600_000));
                at(world, when, "note", "task " + i);
                expected.add(new Note((long) i, "task " + i, when));
            }
            world.advanceClock(ofMinutes(20));
        }
        expected.sort(Comparator.comparing(Note::at));
        for (int reopened = 0; reopened < 2; reopened++) {
            try (World world = open(directory)) {
                world.advanceClock(ofMinutes(20));
                assertThat(world.time().pace().scale()).isZero();
                if (reopened == 1) {
                    assertThat(notes(world))
                            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("key")
                            .isEqualTo(expected);
                    assertThat(Calls.as(() -> world.agenda().pending())).isEmpty();
                }
            }
        }
        assertThat(log).isEmpty();
    }

    @Test
    void thirtyDaysWithTenThousandTasksPassInOrder() {
        try (World world = inMemory()) {
            Instant start = world.time().now();
            List<Integer> seconds = IntStream.range(0, 10_000)
                    .mapToObj(i -> (int) (i * 7919L * 259 % ofDays(30).toSeconds()))
                    .toList();
            Calls.run(() -> world.transactions().run(() -> {
                seconds.forEach(s -> world.agenda().at(start.plusSeconds(s), Notes.ID, "note", "at " + s));
                return true;
            }));

            world.advanceClock(ofDays(30));

            assertThat(texts(world))
                    .isEqualTo(seconds.stream().sorted().map(s -> "at " + s).toList());
            assertThat(notes(world))
                    .allMatch(n -> n.text()
                            .equals("at " + Duration.between(start, n.at()).toSeconds()));
            assertThat(world.time().now()).isEqualTo(start.plus(ofDays(30)));
        }
    }

    @Test
    void aTaskThatFailsIsTriedAgainLaterAndHoldsUpNobody() {
        try (World world = inMemory()) {
            Instant start = world.time().now();
            toFail.set(3);
            at(world, start.plusSeconds(10), "fail", "at last");
            at(world, start.plusSeconds(10), "break", "no.such.Class");
            at(world, start.plusSeconds(11), "note", "on time");
            at(world, start.plusSeconds(600), "note", "later");

            world.advanceClock(ofHours(1));

            assertThat(texts(world)).containsExactly("on time", "trying", "at last", "later");
            assertThat(notes(world).get(2).at()).isEqualTo(start.plusSeconds(10 + 1 + 2 + 4));
            assertThat(log).filteredOn(line -> line.contains("told to fail")).hasSize(3);
            assertThat(log).anyMatch(line -> line.contains("no.such.Class"));
        }
    }

    @Test
    void aTaskThatAlwaysFailsEndsAmongTheFailures() {
        try (World world = inMemory()) {
            at(world, world.time().now(), "break", "no.such.Class");

            world.advanceClock(ofDays(1));

            assertThat(Calls.as(() -> world.agenda().pending()))
                    .noneMatch(task -> task.service().equals(Notes.ID));
            assertThat(Calls.as(() -> world.failures().latest(10)))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.failure().what()).isEqualTo("notes/break/no.such.Class");
                        assertThat(row.failure().attempts()).isEqualTo(21);
                    });
        }
    }

    @Test
    void aTaskMaySetDownTheNext() {
        try (World world = inMemory()) {
            Instant start = world.time().now();
            at(world, start.plusSeconds(1), "chain", "5");

            world.advanceClock(ofSeconds(4));

            assertThat(texts(world)).containsExactly("5", "4", "3", "2");
            assertThat(notes(world)).extracting(Note::at).startsWith(start.plusSeconds(1), start.plusSeconds(2));
        }
    }

    @Test
    void aTaskOfARefusedTransactionIsNotDone() {
        try (World world = inMemory()) {
            Calls.run(() -> {
                try {
                    world.transactions().run(() -> {
                        world.agenda().at(world.time().now(), Notes.ID, "note", "never");
                        throw new IllegalArgumentException("refused");
                    });
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessage("refused");
                }
            });

            world.advanceClock(ofDays(1));

            assertThat(texts(world)).isEmpty();
        }
    }

    /// An hour of the world passes in a third of a second, and nobody moves the clock.
    @Test
    void theAgendaKeepsTimeByItselfOnAFastClock() {
        try (World world = inMemory()) {
            world.scaleClock(10_000);
            Instant when = world.time().now().plus(ofHours(1));
            at(world, when, "note", "by itself");

            assertThat(awaitNote(world)).containsExactly("by itself");
            assertThat(notes(world).getFirst().at()).isAfterOrEqualTo(when);
        }
    }

    @Test
    void whatIsDueAtOnceIsDoneThoughTheClockStandsStill() {
        try (World world = inMemory()) {
            for (int i = 0; i < 50; i++) {
                at(world, world.time().now(), "note", "now");
            }
            world.scaleClock(1);
            world.time().await(ofMinutes(1), changed -> watch(world, changed), () -> tried(world, 50));

            assertThat(texts(world)).hasSize(50);
        }
    }

    private static List<String> awaitNote(World world) {
        return world.time().await(ofDays(10), changed -> watch(world, changed), () -> tried(world, 1));
    }

    private static Attempt<List<String>> tried(World world, int enough) {
        List<String> found = texts(world);
        return new Attempt<>(found, found.size() >= enough, Optional.empty());
    }

    private static Store.Watch watch(World world, Runnable changed) {
        return Calls.as(() -> Notes.in(world).table().watch(changed));
    }
}
