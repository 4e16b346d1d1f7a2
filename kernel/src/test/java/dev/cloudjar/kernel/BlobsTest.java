package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A blob lasts as long as a row names it and no longer, whatever happens in between.
class BlobsTest {
    /// A row that names blobs.
    record Holding(Integer key, List<Blobs.Ref> blobs) implements Row<Integer>, Blobs.Holder {}

    @TempDir
    private Path directory;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private World open() {
        return World.open(directory, World.Settings.DEFAULT, List.of());
    }

    private static Table<Integer, Holding> table(World world) {
        return new Table<>(world.transactions(), "test.Holding", Holding.class, Scope.WORLD);
    }

    private static InputStream bytes(int content) {
        byte[] bytes = new byte[content % 5 == 0 ? 200_000 : 100];
        bytes[0] = (byte) content;
        return new ByteArrayInputStream(bytes);
    }

    private static Blobs.Arrival put(World world, int content) {
        return world.background(() -> put(world, bytes(content)));
    }

    private static Blobs.Arrival put(World world, InputStream content) {
        try {
            return world.blobs().put(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void name(World world, int key, Blobs.Ref ref) {
        world.background(() -> table(world).put(new Holding(key, List.of(ref))));
    }

    private Set<String> files() throws IOException {
        Path blobs = directory.resolve("blobs");
        if (!Files.exists(blobs)) {
            return Set.of();
        }
        try (var files = Files.walk(blobs)) {
            var names = new HashSet<String>();
            files.filter(Files::isRegularFile)
                    .forEach(f -> names.add(f.getFileName().toString()));
            return names;
        }
    }

    private static void collect(World world) {
        world.background(() -> world.collector().collect());
        world.background(() -> world.collector().collect());
    }

    private static void nameFirst(World world, List<Blobs.Arrival> waiting, int key, Map<Integer, String> model) {
        if (!waiting.isEmpty()) {
            try (Blobs.Arrival arrival = waiting.removeFirst()) {
                name(world, key, arrival.ref());
                model.put(key, arrival.ref().sha256());
            }
        }
    }

    /// Histories of arriving, naming, renaming, forgetting, collecting, and dying between any two of these:
    /// dying is opening the world again with whatever had been committed, while arrivals are lost.
    @ParameterizedTest
    @MethodSource("seeds")
    void onlyWhatARowNamesIsThere(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        Map<Integer, String> model = new HashMap<>();
        List<Blobs.Arrival> waiting = new ArrayList<>();
        World world = open();
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(7)) {
                case 0, 1 -> waiting.add(put(world, random.nextInt(8)));
                case 2, 3 -> nameFirst(world, waiting, random.nextInt(6), model);
                case 4 -> {
                    int key = random.nextInt(6);
                    World now = world;
                    now.background(() -> table(now).remove(key));
                    model.remove(key);
                }
                case 5 -> collect(world);
                default -> {
                    world.close();
                    waiting.clear();
                    world = open();
                }
            }
            assertThat(files()).as("seed %s step %s", seed, step).containsAll(model.values());
        }
        waiting.forEach(Blobs.Arrival::close);
        collect(world);
        assertThat(files()).as("seed %s", seed).isEqualTo(new HashSet<>(model.values()));
        List<Blobs.Ref> damaged = new ArrayList<>();
        world.verifyBlobs(damaged::add);
        assertThat(damaged).isEmpty();
        world.close();
    }

    @Test
    void whatIsBrokenOffLeavesNothing() throws IOException {
        try (World world = open()) {
            var broken = new FilterInputStream(bytes(5)) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (in.available() < 150_000) {
                        throw new IOException("gone");
                    }
                    return super.read(into, offset, length);
                }
            };
            assertThatThrownBy(() -> world.background(() -> put(world, broken))).hasRootCauseMessage("gone");

            assertThat(files()).isEmpty();
        }
    }

    @Test
    void theSameBytesAreKeptOnce() throws IOException {
        try (World world = open();
                Blobs.Arrival one = put(world, 1);
                Blobs.Arrival other = put(world, 1)) {
            assertThat(one.ref()).isEqualTo(other.ref());
            assertThat(files()).hasSize(1);
        }
    }

    @Test
    void aBlobIsReadFromAnyPlace() throws IOException {
        try (World world = open();
                Blobs.Arrival hello = world.background(() -> put(world, Blob.of("hello world")));
                Blobs.Arrival empty = world.background(() -> put(world, Blob.EMPTY))) {
            assertThat(hello.ref().sha256())
                    .isEqualTo("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
            try (InputStream part = world.blobs().open(hello.ref(), 6, 5).open();
                    InputStream nothing = world.blobs().open(empty.ref(), 0, 0).open()) {
                assertThat(part).hasContent("world");
                assertThat(nothing).isEmpty();
            }
            assertThatThrownBy(() -> world.blobs().open(new Blobs.Ref("00", 1), 0, 1))
                    .hasMessageContaining("not there");
        }
    }

    private static Blobs.Arrival put(World world, Blob bytes) {
        return put(world, new ByteArrayInputStream(bytes.bytes()));
    }

    @Test
    void damageIsFoundOnDemand() throws IOException {
        try (World world = open();
                Blobs.Arrival arrival = put(world, 5)) {
            name(world, 1, arrival.ref());
            Path file = directory
                    .resolve("blobs")
                    .resolve(arrival.ref().sha256().substring(0, 2))
                    .resolve(arrival.ref().sha256());
            byte[] bytes = Files.readAllBytes(file);
            bytes[77] ^= 1;
            Files.write(file, bytes);
            List<Blobs.Ref> damaged = new ArrayList<>();
            world.verifyBlobs(damaged::add);

            assertThat(damaged).containsExactly(arrival.ref());
        }
    }

    @Test
    void aRefusedTransactionCountsNothing() throws IOException {
        try (World world = open()) {
            try (Blobs.Arrival arrival = put(world, 3)) {
                assertThatThrownBy(() ->
                                world.background(() -> world.transactions().run(() -> {
                                    table(world).put(new Holding(1, List.of(arrival.ref())));
                                    throw new IllegalStateException("no");
                                })))
                        .hasMessage("no");
            }
            collect(world);

            assertThat(files()).isEmpty();
        }
    }

    @Test
    void whatIsClearedAtOnceIsCountedToo() throws IOException {
        try (World world = open()) {
            try (Blobs.Arrival arrival = put(world, 4)) {
                name(world, 1, arrival.ref());
                name(world, 2, arrival.ref());
            }
            world.background(() -> table(world).clear(1));
            collect(world);
            assertThat(files()).hasSize(1);

            world.background(() -> table(world).clear(10));
            collect(world);
            assertThat(files()).isEmpty();
        }
    }
}
