package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// CBOR that is cut short, claims too much or does not fit its model is refused.
class MalformedCborTest {
    private final Sent statistics = new Sent("cloudwatch", "GetMetricStatistics", Protocol.RPC_V2_CBOR);

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("a1", ""),
                arguments("bf", ""),
                arguments("a166506572696f64", ""),
                arguments("a1694e616d657370616365781f61", ""),
                arguments("a1694e616d6573706163657affffffff61", ""),
                arguments("a1694e616d6573706163655b7fffffffffffffff", ""),
                arguments("a1694e616d65737061636562ff61", ""),
                arguments("a1694e616d65737061636561611c", ""),
                arguments("a166506572696f641c", ""),
                arguments("a0a0", ""),
                arguments("80", "Start of list found where not expected"),
                arguments("01", "Expected map or null"),
                arguments("a166506572696f646161", "STRING_VALUE can not be converted to an Integer"),
                arguments("a166506572696f64fb3ff8000000000000", "DECIMAL_VALUE can not be converted to an Integer"),
                arguments("a166506572696f641b7fffffffffffffff", "NUMBER_VALUE can not be converted to an Integer"),
                arguments("a1694e616d65737061636505", "NUMBER_VALUE can not be converted to a String"),
                arguments(
                        "a169537461727454696d656161", "STRING_VALUE can not be converted to milliseconds since epoch"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedInputIsRefused(String hex, String message) {
        assertThatThrownBy(() -> statistics.body(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.code().code()).isEqualTo("SerializationException");
                    assertThat(error.message()).isEqualTo(message);
                });
    }

    @Test
    void nestingHasALimit() {
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x81);
        System.arraycopy(HexFormat.of().parseHex("a16178"), 0, deep, 0, 3);
        assertThatThrownBy(() -> statistics.body(deep)).isInstanceOf(AwsError.class);
    }

    static Stream<String> instants() {
        return Stream.of(
                "a169537461727454696d65c11a5e0be100",
                "a169537461727454696d65c1fb41d782f840000000",
                "a169537461727454696d65c1fa4ebc17c2");
    }

    @ParameterizedTest
    @MethodSource("instants")
    void instantsAreNumbersOfAnyWidth(String hex) throws IOException {
        Struct input = statistics.body(HexFormat.of().parseHex(hex));
        assertThat((Instant) input.get("StartTime"))
                .isAfter("2019-01-01T00:00:00Z")
                .isBefore("2021-01-01T00:00:00Z");
    }
}
