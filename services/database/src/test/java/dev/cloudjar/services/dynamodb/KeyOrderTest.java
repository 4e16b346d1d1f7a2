package dev.cloudjar.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Value;
import dev.cloudjar.services.dynamodb.value.Value.Scalar;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes of keys sort as the values do: numbers by value, strings by UTF-8, binaries unsigned.
class KeyOrderTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bytesSortAsValuesDo(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            int kind = random.nextInt(3);
            Scalar one = scalar(random, kind);
            Scalar other = random.nextInt(10) == 0 ? one : scalar(random, kind);

            assertThat(Integer.signum(bytes(one).compareTo(bytes(other))))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(one.compareTo(other)));
        }
    }

    private static Blob bytes(Scalar value) {
        return new KeyBytes().add(value).blob();
    }

    private static Scalar scalar(SplittableRandom random, int kind) {
        return switch (kind) {
            case 0 -> (Scalar) AttributeValues.number(number(random));
            case 1 -> new Value.S(text(random));
            default -> new Value.B(Blob.of(bytes(random)));
        };
    }

    private static String number(SplittableRandom random) {
        String digits = Long.toString(random.nextLong(random.nextBoolean() ? 100 : Long.MAX_VALUE));
        String sign = random.nextBoolean() ? "-" : "";
        return sign + digits + (random.nextBoolean() ? "e" + random.nextInt(-100, 100) : "");
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> 'a';
                        case 2 -> 0xFFFD;
                        default -> 0x1F600;
                    });
        }
        return text.toString();
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) - 1);
        }
        return bytes;
    }
}
