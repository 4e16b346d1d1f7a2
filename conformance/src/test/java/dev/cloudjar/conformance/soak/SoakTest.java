package dev.cloudjar.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.LawBook;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The laws of all services over and over in one server, which is emptied between two rounds: they hold each
/// time, and neither heap nor open files grow. A moment of it is among the tests; `./cloudjar soak MINUTES`
/// does it for longer. It runs by itself, since heap and files are those of the whole process.
@Isolated
class SoakTest {
    private static final int MINUTES = Integer.getInteger("cloudjar.soak", 0);
    private static final int WARM = 2;
    private static final int LEAST = 4;
    private static final long HEAP = 16L << 20;
    private static final long FILES = 20;

    /// What a process holds on to after everything was thrown away.
    private record Held(long heap, long files) {
        static Held now() {
            ManagementFactory.getMemoryMXBean().gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            boolean counted = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
            return new Held(heap, counted ? open() : 0);
        }

        private static long open() {
            return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                    .getOpenFileDescriptorCount();
        }
    }

    @Test
    void holdsAllLawsAndNothingElse() {
        InstantSource clock = InstantSource.system();
        Instant end = clock.instant().plus(Duration.ofMinutes(MINUTES));
        List<String> services = MINUTES == 0 ? List.of("sqs", "dynamodb") : LawBook.built();
        List<Held> held = new ArrayList<>();
        try (RunningServer server = RunningServer.start().atRest();
                LawBook book = LawBook.over(server)) {
            while (held.size() < LEAST || clock.instant().isBefore(end)) {
                services.forEach(service ->
                        assertThat(book.anew(service).failures()).as(service).isEmpty());
                server.world().orElseThrow().reset();
                server.atRest();
                held.add(Held.now());
            }
        }
        Held warm = held.get(WARM);
        Held last = held.getLast();
        System.out.println("Soak: " + held.size() + " rounds; after the third " + warm + ", after the last " + last);

        assertThat(last.heap()).as("heap in the end").isLessThan(warm.heap() + HEAP);
        assertThat(last.files()).as("open files in the end").isLessThan(warm.files() + FILES);
    }
}
