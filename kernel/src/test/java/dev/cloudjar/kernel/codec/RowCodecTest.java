package dev.cloudjar.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows come back as they were written, also by a class that has changed since.
class RowCodecTest {
    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green!";
            }
        }
    }

    private sealed interface Target {}

    private sealed interface Remote extends Target {}

    private record Queue(String arn) implements Remote {}

    private record Topic(String arn, int retries) implements Remote {}

    private enum Fixed implements Target {
        NOWHERE
    }

    private record Part(String name, Optional<Long> size) {}

    private record Everything(
            String text,
            int small,
            long large,
            boolean yes,
            double real,
            Blob bytes,
            Instant at,
            Duration lasting,
            Color color,
            Target target,
            Optional<Part> part,
            List<Part> parts,
            Map<String, List<Target>> named) {}

    private static Everything everything(Target target, long large, Instant at) {
        return new Everything(
                "täxt\0",
                -7,
                large,
                true,
                -0.0,
                Blob.of("\0bytes"),
                at,
                Duration.ofMillis(-1500),
                Color.GREEN,
                target,
                Optional.of(new Part("p", Optional.empty())),
                List.of(new Part("a", Optional.of(1L)), new Part("", Optional.of(Long.MIN_VALUE))),
                Map.of("k", List.of(new Queue("q"), Fixed.NOWHERE)));
    }

    @Test
    void everyKindOfComponentComesBack() {
        List<Everything> rows = List.of(
                everything(new Topic("t", 3), Long.MAX_VALUE, Instant.MAX),
                everything(new Queue(""), Long.MIN_VALUE, Instant.MIN),
                everything(Fixed.NOWHERE, -1, Instant.parse("1969-12-31T23:59:59.999999999Z")));
        var codec = new RowCodec<>(Everything.class);

        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(codec.decode(codec.encode(row), _ -> "")).isEqualTo(row));
        assertThat(rows)
                .allSatisfy(row -> assertThat(changed(Everything.class, row, Everything.class))
                        .isEqualTo(row));
    }

    private record Old(String key, int gone, List<Part> parts, Color color, long kept, Map<String, Part> named) {}

    private record PartNow(String tag, String name) {}

    private record Now(
            long kept,
            String key,
            List<PartNow> parts,
            String added,
            Optional<String> maybe,
            Map<String, PartNow> named,
            Instant since,
            PartNow whole,
            Color shade) {}

    @Test
    void oldRowsOpenWhenComponentsWereAddedRemovedAndMovedAlsoWithin() {
        var part = new Part("p", Optional.of(5L));
        var old = new Old("k", 1, List.of(part, part), Color.GREEN, 42, Map.of("m", part));
        var partNow = new PartNow("", "p");

        assertThat(changed(Old.class, old, Now.class))
                .isEqualTo(new Now(
                        42,
                        "k",
                        List.of(partNow, partNow),
                        "",
                        Optional.empty(),
                        Map.of("m", partNow),
                        Instant.EPOCH,
                        new PartNow("", ""),
                        Color.RED));
    }

    private record Sent(String key, Target target, Optional<Target> other, String last) {}

    private record Forgotten(String last, String key) {}

    @Test
    void aRemovedComponentOfAnyKindIsReadOver() {
        var sent = new Sent("k", new Topic("t", 1), Optional.of(Fixed.NOWHERE), "end");

        assertThat(changed(Sent.class, sent, Forgotten.class)).isEqualTo(new Forgotten("end", "k"));
        assertThat(changed(Everything.class, everything(new Queue("q"), 1, Instant.EPOCH), Nothing.class))
                .isEqualTo(new Nothing(0));
    }

    private record Nothing(int added) {}

    private record Narrow(int number) {}

    private record Wide(long number) {}

    @Test
    void anIntMayBecomeALong() {
        assertThat(changed(Narrow.class, new Narrow(-3), Wide.class)).isEqualTo(new Wide(-3));
    }

    private static final class Older {
        private sealed interface Shape {}

        private record Circle(int radius) implements Shape {}

        private record Square(int side) implements Shape {}

        private record Drawn(Shape shape) {}
    }

    private static final class Newer {
        private sealed interface Shape {}

        private record Square(int side, String unit) implements Shape {}

        private record Drawn(Shape shape) {}
    }

    @Test
    void theCasesOfASealedInterfaceChangeLikeOtherRecords() {
        assertThat(changed(Older.Drawn.class, new Older.Drawn(new Older.Square(4)), Newer.Drawn.class))
                .isEqualTo(new Newer.Drawn(new Newer.Square(4, "")));
        assertThatThrownBy(() -> changed(Older.Drawn.class, new Older.Drawn(new Older.Circle(4)), Newer.Drawn.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit")
                .hasMessageContaining("Drawn");
    }

    private record Loop(List<Loop> loops) {}

    private record Odd(Thread thread) {}

    @Test
    void whatCannotBeStoredIsRefusedAtOnce() {
        assertThatThrownBy(() -> new RowCodec<>(Odd.class)).hasMessageContaining("cannot be stored");
        assertThatThrownBy(() -> new RowCodec<>(Loop.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Loop");
    }

    @Test
    void rowsOfAnotherFormCarryAnotherFingerprint() {
        assertThat(new RowCodec<>(Narrow.class).fingerprint()).isNotEqualTo(new RowCodec<>(Wide.class).fingerprint());
    }

    /// Writes `row` by its class and reads it by another, as a later version of the program would.
    private static <V, W> W changed(Class<V> then, V row, Class<W> now) {
        var old = new RowCodec<>(then);
        Map<Integer, String> kept = new HashMap<>(Map.of(old.fingerprint(), old.description()));
        byte[] bytes = old.encode(row);
        if (then.equals(now)) {
            // The same form under another name, so that the description is read and not skipped.
            bytes[0] ^= 1;
            kept.put(old.fingerprint() ^ 1 << 24, old.description());
        }
        return new RowCodec<>(now).decode(bytes, fingerprint -> kept.getOrDefault(fingerprint, "?"));
    }
}
