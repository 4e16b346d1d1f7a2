package dev.cloudjar.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Keys sort as bytes as they sort as values.
class KeyCodecTest {
    private record Name(String queue, long number) {}

    @Test
    void numbersSortByValueAlsoBelowZero() {
        assertRising(Long.MIN_VALUE, -1L << 40, -256L, -255L, -1L, 0L, 1L, 127L, 128L, 255L, 256L, Long.MAX_VALUE);
        assertRising(Integer.MIN_VALUE, -65536, -1, 0, 1, 255, 65536, Integer.MAX_VALUE);
    }

    @Test
    void anIntIsTheLongThatItEquals() {
        assertThat(bytes(-5)).isEqualTo(bytes(-5L));
    }

    @Test
    void instantsSortByTimeAlsoBefore1970() {
        assertRising(
                Instant.MIN,
                Instant.parse("1969-12-31T23:59:58.999999999Z"),
                Instant.parse("1969-12-31T23:59:59Z"),
                Instant.parse("1969-12-31T23:59:59.000000001Z"),
                Instant.EPOCH,
                Instant.ofEpochSecond(0, 1),
                Instant.ofEpochSecond(0, 999_999_999),
                Instant.ofEpochSecond(1),
                Instant.MAX);
    }

    @Test
    void textSortsByItsBytesAndAPrefixComesFirst() {
        assertRising(
                "", "\0", "\0\0", "\0\1", "\1", "a", "a\0", "a\0b", "a\1", "ab", "b", "é", "\uFFFF", "\uD83D\uDE00");
    }

    @Test
    void bytesSortUnsigned() {
        byte[][] rising = {{}, {0}, {0, 0}, {0, (byte) 0xFF}, {1}, {127}, {(byte) 128}, {(byte) 0xFF}, {-1, -1}};
        assertRising((Object[]) Arrays.stream(rising).map(Blob::of).toArray(Blob[]::new));
    }

    @Test
    void recordsSortByTheirComponentsInOrder() {
        assertRising(
                new Name("a", -1),
                new Name("a", 7),
                new Name("a\0", Long.MIN_VALUE),
                new Name("a\1", 0),
                new Name("aa", 0),
                new Name("b", -9));
    }

    @Test
    void randomPairsOfTextsSortAsTheirBytesDo() {
        var random = new SplittableRandom(7);
        Comparator<String> byBytes =
                Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        for (int i = 0; i < 20_000; i++) {
            String one = text(random);
            String other = text(random);
            int expected = Comparator.comparing(Name::queue, byBytes)
                    .thenComparing(Name::number)
                    .compare(new Name(one, i % 3), new Name(other, 1));

            assertThat(Integer.signum(Arrays.compareUnsigned(bytes(new Name(one, i % 3)), bytes(new Name(other, 1)))))
                    .as("'%s' and '%s'", one, other)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void aValueWithoutAnOrderIsRefused() {
        assertThatThrownBy(() -> bytes(1.5)).hasMessageContaining("no key order");
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint("\0\1\2aÿ\u7FFF\uFFFD".codePointAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static void assertRising(Object... keys) {
        for (int i = 1; i < keys.length; i++) {
            assertThat(Arrays.compareUnsigned(bytes(keys[i - 1]), bytes(keys[i])))
                    .as("%s before %s", keys[i - 1], keys[i])
                    .isNegative();
            assertThat(Arrays.compareUnsigned(
                            KeyCodec.encode(new byte[0], keys[i - 1], "zz"),
                            KeyCodec.encode(new byte[0], keys[i], "a")))
                    .as("%s before %s, with more behind", keys[i - 1], keys[i])
                    .isNegative();
        }
    }

    private static byte[] bytes(Object key) {
        return KeyCodec.encode(new byte[0], key);
    }
}
