package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads find what a search in the keys themselves finds, whatever the keys have in common.
class HeadsTest {
    private static final byte[] LETTERS = {0, 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 30})
    void aSearchAgreesWithOneInTheKeysThemselves(int common) {
        var random = new SplittableRandom(common);
        byte[] start = letters(random, common);
        for (int round = 0; round < 2_000; round++) {
            byte[][] keys = keys(random, start);
            long[] heads = Heads.of(keys);
            byte[] key = random.nextBoolean() ? key(random, start) : letters(random, random.nextInt(common + 12));
            int at = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);

            assertThat(Heads.find(heads, keys, key)).isEqualTo(at);
            if (at < 0) {
                byte[][] more = Slots.insert(keys, -1 - at, key);
                long[] grown = Heads.inserted(heads, more, -1 - at);
                assertThat(Heads.find(grown, more, key)).isEqualTo(-1 - at);
                assertAllFound(grown, more);
                assertAllFound(Heads.deleted(grown, -1 - at), keys);
            }
        }
    }

    private static void assertAllFound(long[] heads, byte[][] keys) {
        for (int i = 0; i < keys.length; i++) {
            assertThat(Heads.find(heads, keys, keys[i])).isEqualTo(i);
        }
    }

    private static byte[][] keys(SplittableRandom random, byte[] start) {
        var keys = new TreeSet<byte[]>(Arrays::compareUnsigned);
        int many = random.nextInt(12);
        for (int i = 0; i < many; i++) {
            keys.add(key(random, start));
        }
        return keys.toArray(byte[][]::new);
    }

    private static byte[] key(SplittableRandom random, byte[] start) {
        byte[] end = letters(random, random.nextInt(20));
        byte[] key = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, key, start.length, end.length);
        return key;
    }

    private static byte[] letters(SplittableRandom random, int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = LETTERS[random.nextInt(random.nextInt(3) == 0 ? LETTERS.length : 2)];
        }
        return letters;
    }
}
