package dev.cloudjar.services.s3.parquet;

import dev.cloudjar.services.s3.parquet.ParquetException.Reason;
import java.nio.ByteBuffer;

/// Blocks packed by Snappy: literals, and copies of what came before.
final class Snappy {
    private Snappy() {}

    static byte[] unpacked(byte[] packed, int size) {
        var in = ByteBuffer.wrap(packed);
        if (ThriftStruct.varint(in) != size) {
            throw new ParquetException(Reason.BROKEN);
        }
        byte[] out = new byte[size];
        int at = 0;
        while (in.hasRemaining()) {
            int tag = in.get() & 0xff;
            int length = 1 + (tag >> 2);
            if ((tag & 3) == 0) {
                length = length > 60 ? 1 + little(in, length - 60) : length;
                in.get(out, at, length);
            } else {
                int offset = offset(tag, in);
                length = (tag & 3) == 1 ? 4 + (tag >> 2 & 7) : length;
                if (offset == 0 || offset > at || at + length > size) {
                    throw new ParquetException(Reason.BROKEN);
                }
                for (int i = 0; i < length; i++) {
                    out[at + i] = out[at + i - offset];
                }
            }
            at += length;
        }
        return out;
    }

    private static int offset(int tag, ByteBuffer in) {
        return switch (tag & 3) {
            case 1 -> (tag >> 5) << 8 | in.get() & 0xff;
            case 2 -> little(in, 2);
            default -> little(in, 4);
        };
    }

    private static int little(ByteBuffer in, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xff) << 8 * i;
        }
        return value;
    }
}
