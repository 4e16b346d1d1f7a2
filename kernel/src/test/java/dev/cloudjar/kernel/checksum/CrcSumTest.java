package dev.cloudjar.kernel.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The CRC of a whole follows from those of its halves, wherever it is cut.
class CrcSumTest {
    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void theSumOfTwoHalvesIsThatOfTheWhole(Hashing algorithm) {
        byte[] whole = new byte[5000];
        new Random(7).nextBytes(whole);
        for (int cut : new int[] {0, 1, 2500, 4999, 5000}) {
            byte[] first = value(algorithm, Arrays.copyOf(whole, cut));
            byte[] second = value(algorithm, Arrays.copyOfRange(whole, cut, whole.length));

            assertThat(CrcSum.of(algorithm, first, second, whole.length - cut)).isEqualTo(value(algorithm, whole));
        }
    }

    private static byte[] value(Hashing algorithm, byte[] bytes) {
        Hashing.Hasher hasher = algorithm.start();
        hasher.update(bytes, 0, bytes.length);
        return hasher.value();
    }
}
