package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Frames survive the wire, and damaged ones are noticed.
class EventFrameTest {
    private static final EventFrame FRAME = new EventFrame(Map.of("content-type", "application/json"), Blob.of("{}"));

    @Test
    void theBytesAreThoseOfTheSpecification() {
        // The empty message of the specification's test suite: only framing.
        byte[] empty = new EventFrame(Map.of(), Blob.EMPTY).encode();
        assertThat(HexFormat.of().formatHex(empty)).isEqualTo("000000100000000005c248eb7d98c8ff");
    }

    @Test
    void everyTypeOfHeaderSurvives() throws IOException {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("true", true);
        headers.put("false", false);
        headers.put("byte", (byte) -1);
        headers.put("short", (short) -2);
        headers.put("int", -3);
        headers.put("long", -4L);
        headers.put("bytes", Blob.of(new byte[] {1, 2}));
        headers.put("text", "é");
        headers.put("instant", Instant.ofEpochMilli(1_234_567_890_123L));
        headers.put("uuid", new UUID(5, 6));
        var frame = new EventFrame(headers, Blob.of("payload"));

        assertThat(read(frame.encode())).isEqualTo(frame);
    }

    static IntStream positions() {
        return IntStream.range(0, FRAME.encode().length);
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aFlippedBitIsNoticedWhereverItIs(int position) {
        byte[] bytes = FRAME.encode();
        bytes[position] ^= 0x10;
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aFrameCutShortIsNoticed(int length) throws IOException {
        var in = new ByteArrayInputStream(FRAME.encode(), 0, length);
        if (length == 0) {
            assertThat(EventFrame.read(in)).isEmpty();
        } else {
            assertThatThrownBy(() -> EventFrame.read(in)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void hugeLengthsAreRefusedBeforeTheyAreRead() {
        byte[] prelude = ByteBuffer.allocate(12).putInt(-1).putInt(0).array();
        var crc = new CRC32();
        crc.update(prelude, 0, 8);
        ByteBuffer.wrap(prelude).putInt(8, (int) crc.getValue());
        assertThatThrownBy(() -> read(prelude))
                .isInstanceOf(Unreadable.class)
                .hasMessage("Message length out of bounds");
    }

    private static EventFrame read(byte[] bytes) throws IOException {
        return EventFrame.read(new ByteArrayInputStream(bytes)).orElseThrow();
    }
}
