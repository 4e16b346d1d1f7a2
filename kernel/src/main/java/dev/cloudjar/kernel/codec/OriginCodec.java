package dev.cloudjar.kernel.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Who made a transaction, as the journal keeps it.
public final class OriginCodec {
    private static final int TIME = Long.BYTES + Integer.BYTES;

    /// When, in which call, by whom and where.
    public record Origin(
            Instant at,
            String requestId,
            String service,
            String operation,
            String principal,
            String account,
            String region) {
        static final Origin UNKNOWN = new Origin(Instant.EPOCH, "", "", "", "", "", "");
    }

    private OriginCodec() {}

    public static byte[] write(Origin origin) {
        return KeyCodec.encode(new byte[0], origin);
    }

    public static Origin read(byte[] bytes) {
        if (bytes.length < TIME) {
            return Origin.UNKNOWN;
        }
        ByteBuffer time = ByteBuffer.wrap(bytes);
        long seconds = time.getLong() ^ Long.MIN_VALUE;
        long nanos = time.getInt();
        List<String> texts = PlainRow.texts(Arrays.copyOfRange(bytes, TIME, bytes.length));
        return new Origin(
                Instant.ofEpochSecond(seconds, nanos),
                texts.get(0),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                texts.get(4),
                texts.get(5));
    }
}
