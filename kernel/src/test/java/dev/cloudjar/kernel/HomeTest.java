package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data directory belongs to one world at a time, and says to whom.
class HomeTest {
    private final Path directory;
    private final String pid = Long.toString(ProcessHandle.current().pid());

    HomeTest(@TempDir Path directory) {
        this.directory = directory.resolve("deep").resolve("data");
    }

    private World open() {
        return World.open(directory, Calls.settings(_ -> {}), List.of(Notes.entry(new AtomicInteger())));
    }

    @Test
    void aSecondWorldOfThisProcessIsRefusedAndNamesIt() {
        try (World first = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("in use by process " + pid);
            Calls.run(() -> Notes.in(first).write0("still mine"));
        }
        try (World second = open()) {
            assertThat(Calls.as(() -> Notes.in(second).texts())).containsExactly("still mine");
        }
    }

    /// On POSIX the refusal of a second world must not cost the first one its lock.
    @Test
    void aSecondProcessIsRefusedAlsoAfterASecondWorldOfThisOneWas() throws Exception {
        try (World _ = open()) {
            assertThat(openElsewhere()).contains("in use by process " + pid);
            assertThatThrownBy(this::open).hasMessageContaining("in use by process " + pid);
            assertThatThrownBy(this::open).hasMessageContaining("in use by process " + pid);
            assertThat(openElsewhere()).contains("in use by process " + pid);
        }
        assertThat(openElsewhere()).contains("opened");
    }

    private String openElsewhere() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = other.inputReader()) {
            String said = String.join("\n", out.lines().toList());
            other.waitFor();
            return said;
        }
    }

    /// Another process that wants the directory.
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            try (World _ = World.open(Path.of(arguments[0]), Calls.settings(_ -> {}), List.of())) {
                System.out.println("opened");
            } catch (StoreException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void aDamagedJournalIsNamedEveryTimeAndTheDirectoryStaysFree() throws IOException {
        Files.createDirectories(directory);
        Files.write(
                directory.resolve("journal"), "something that is no journal at all".getBytes(StandardCharsets.UTF_8));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::open).hasMessageContaining("is not a journal");
        }
        Files.delete(directory.resolve("rows").resolve(TreeStore.FIRST_JOURNAL));
        open().close();
    }

    @Test
    void closingTwiceIsNoMistake() {
        World world = open();
        world.close();
        world.close();
    }

    @Test
    void worldsOfOneProcessKnowNothingOfEachOther() throws IOException {
        var entry = Notes.entry(new AtomicInteger());
        try (World one = World.inMemory(Calls.settings(_ -> {}), List.of(entry));
                World other = World.inMemory(Calls.settings(_ -> {}), List.of(entry))) {
            one.freezeClock();
            Calls.run(() -> Notes.in(one).write0("mine"));
            Blobs.Ref ref = Calls.as(() -> kept(one));

            assertThat(Calls.as(() -> Notes.in(other).texts())).isEmpty();
            assertThat(other.time().pace().scale()).isEqualTo(1);
            assertThatThrownBy(() -> other.blobs().open(ref, 0, 1)).hasMessageContaining("not there");
            assertThat(Calls.as(() -> one.tokens().open("s", other.tokens().seal("s", "x"))))
                    .as("worlds of one seed are alike")
                    .contains("x");
        }
    }

    private static Blobs.Ref kept(World world) {
        try (Blobs.Arrival arrival = world.blobs().put(Files.newInputStream(Path.of("pom.xml")))) {
            return arrival.ref();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
