package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/// One message of `application/vnd.amazon.eventstream`: typed headers and a payload, framed by lengths and
/// checksums.
///
/// A header is a `Boolean`, `Byte`, `Short`, `Integer`, `Long`, [Blob], `String`, [Instant] or [UUID].
public record EventFrame(Map<String, Object> headers, Blob payload) {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final int PRELUDE = 12;
    private static final int FRAMING = PRELUDE + 4;
    private static final int MAX_HEADERS = 128 << 10;
    private static final int MAX_PAYLOAD = 24 << 20;

    public EventFrame {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    Optional<String> text(String header) {
        return headers.get(header) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// The frame's bytes.
    public byte[] encode() {
        byte[] head = encodeHeaders();
        int length = head.length + payload.size() + FRAMING;
        ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(head.length);
        frame.putInt(crc(frame.array(), frame.position()));
        frame.put(head).put(payload.bytes());
        return frame.putInt(crc(frame.array(), frame.position())).array();
    }

    /// The next frame of `in`, or nothing at its end. Throws [Unreadable] for a frame that is damaged or cut short.
    static Optional<EventFrame> read(InputStream in) throws IOException {
        byte[] prelude = in.readNBytes(PRELUDE);
        if (prelude.length == 0) {
            return Optional.empty();
        }
        if (prelude.length < PRELUDE) {
            throw new Unreadable("Truncated message prelude");
        }
        ByteBuffer head = ByteBuffer.wrap(prelude);
        long length = head.getInt() & 0xffffffffL;
        long headers = head.getInt() & 0xffffffffL;
        if (head.getInt() != crc(prelude, PRELUDE - 4)) {
            throw new Unreadable("Prelude checksum mismatch");
        }
        if (headers > MAX_HEADERS || length < headers + FRAMING || length - headers > MAX_PAYLOAD + FRAMING) {
            throw new Unreadable("Message length out of bounds");
        }
        byte[] rest = in.readNBytes((int) length - PRELUDE);
        if (rest.length < length - PRELUDE) {
            throw new Unreadable("Truncated message");
        }
        return Optional.of(decode(prelude, rest, (int) headers));
    }

    private static EventFrame decode(byte[] prelude, byte[] rest, int headersLength) {
        var crc = new CRC32();
        crc.update(prelude);
        crc.update(rest, 0, rest.length - 4);
        ByteBuffer body = ByteBuffer.wrap(rest);
        if (body.getInt(rest.length - 4) != (int) crc.getValue()) {
            throw new Unreadable("Message checksum mismatch");
        }
        try {
            Map<String, Object> headers = decodeHeaders(body.slice(0, headersLength));
            byte[] payload = new byte[rest.length - 4 - headersLength];
            body.get(headersLength, payload);
            return new EventFrame(headers, Blob.of(payload));
        } catch (BufferUnderflowException e) {
            throw new Unreadable("Malformed message headers");
        }
    }

    private static Map<String, Object> decodeHeaders(ByteBuffer in) {
        var headers = new LinkedHashMap<String, Object>();
        while (in.hasRemaining()) {
            String name = utf8(in, in.get() & 0xff);
            headers.put(name, decodeHeader(in));
        }
        return headers;
    }

    private static Object decodeHeader(ByteBuffer in) {
        return switch (in.get()) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> in.get();
            case 3 -> in.getShort();
            case 4 -> in.getInt();
            case 5 -> in.getLong();
            case 6 -> Blob.of(bytes(in, in.getShort() & 0xffff));
            case 7 -> utf8(in, in.getShort() & 0xffff);
            case 8 -> Instant.ofEpochMilli(in.getLong());
            case 9 -> new UUID(in.getLong(), in.getLong());
            default -> throw new Unreadable("Unknown header type");
        };
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static String utf8(ByteBuffer in, int count) {
        return Percent.utf8(bytes(in, count), count);
    }

    private byte[] encodeHeaders() {
        var bytes = new ByteArrayOutputStream(128);
        try (var out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, Object> header : headers.entrySet()) {
                byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
                out.writeByte(name.length);
                out.write(name);
                encodeHeader(out, header.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void encodeHeader(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case Boolean flag -> out.writeByte(flag ? 0 : 1);
            case Byte number -> typed(out, 2).writeByte(number);
            case Short number -> typed(out, 3).writeShort(number);
            case Integer number -> typed(out, 4).writeInt(number);
            case Long number -> typed(out, 5).writeLong(number);
            case Blob blob -> counted(typed(out, 6), blob.bytes());
            case String text -> counted(typed(out, 7), text.getBytes(StandardCharsets.UTF_8));
            case Instant instant -> typed(out, 8).writeLong(instant.toEpochMilli());
            case UUID id -> {
                typed(out, 9).writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            default -> throw new IllegalArgumentException("not a header value: " + value.getClass());
        }
    }

    private static DataOutputStream typed(DataOutputStream out, int type) throws IOException {
        out.writeByte(type);
        return out;
    }

    private static void counted(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static int crc(byte[] bytes, int count) {
        var crc = new CRC32();
        crc.update(bytes, 0, count);
        return (int) crc.getValue();
    }
}
