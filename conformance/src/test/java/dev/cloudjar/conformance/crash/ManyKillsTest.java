package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A world of many messages that is killed under load again and again loses none that it acknowledged, brings
/// none back, and never takes more disk than it promises. A few kills are among the tests; `./cloudjar crash
/// KILLS MESSAGES` does it for longer.
class ManyKillsTest {
    private static final int KILLS = Integer.getInteger("cloudjar.kills", 5);
    private static final int MESSAGES = Integer.getInteger("cloudjar.messages", 50_000);

    /// The directory has at most twice what there is, or this where that is more.
    private static final long FLOOR = 128L << 20;

    private final SplittableRandom random = new SplittableRandom(4);
    private final Traffic traffic = new Traffic();

    @Test
    void losesNothingAndStaysWithinItsBound(@TempDir Path data) throws IOException, InterruptedException {
        var scale = new Scale(data.resolve("rows"));
        try (Program program = Program.start(data)) {
            traffic.createQueue(program.port());
            traffic.fill(program.port(), MESSAGES);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            live(data, scale);
        }
        try (Program last = Program.start(data)) {
            Drain drain = new Drain(last.port()).run();
            check(drain.bodies(), drain.twice());
        }
        System.out.println("Killed " + KILLS + " times, " + traffic.sent().size() + " messages sent and "
                + traffic.deleted().size() + " deleted; at most " + scale.most() + " % of what there was on disk, or "
                + scale.mostBytes() / (1 << 20) + " MiB");
    }

    /// One life, which ends in the midst of its work.
    private void live(Path data, Scale scale) throws IOException, InterruptedException {
        try (Program program = Program.start(data)) {
            scale.live(program.port());
            var enough = new CountDownLatch(random.nextInt(500, 5000));
            List<Thread> threads = traffic.start(program.port(), enough);
            while (!enough.await(5, TimeUnit.MILLISECONDS)) {
                scale.weigh(FLOOR);
            }
            program.kill();
            for (Thread thread : threads) {
                thread.join();
            }
            scale.weigh(FLOOR);
        }
    }

    private void check(Set<String> found, Collection<String> twice) {
        var owed = new HashSet<>(traffic.sent());
        owed.removeAll(traffic.deletionAsked());
        owed.removeAll(found);
        var risen = new HashSet<>(traffic.deleted());
        risen.retainAll(found);

        assertThat(traffic.refused()).isEmpty();
        assertThat(owed).as("lost").isEmpty();
        assertThat(risen).as("deleted, and there again").isEmpty();
        assertThat(twice).as("there twice").isEmpty();
        assertThat(traffic.deleted()).isNotEmpty();
        assertThat(found).hasSizeGreaterThan(MESSAGES / 2);
    }
}
