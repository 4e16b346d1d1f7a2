package dev.cloudjar.services.s3.orc;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// ORC's first run length encoding, in which all runs are literal: how many values follow, and then the values.
final class RunLengths {
    private static final int MOST = 128;

    private RunLengths() {}

    /// Numbers; signed ones are folded so that small ones stay small.
    static byte[] numbers(List<Long> values, boolean signed) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < values.size(); i++) {
            if (i % MOST == 0) {
                out.write(-Math.min(MOST, values.size() - i));
            }
            long value = values.get(i);
            ProtobufOutput.varint(out, signed ? value << 1 ^ value >> 63 : value);
        }
        return out.toByteArray();
    }

    /// Flags, eight to a byte, the highest bit first.
    static byte[] flags(List<Boolean> flags) {
        int count = (flags.size() + 7) / 8;
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            if (i % MOST == 0) {
                out.write(-Math.min(MOST, count - i));
            }
            int bits = 0;
            for (int j = 8 * i; j < Math.min(flags.size(), 8 * i + 8); j++) {
                bits |= flags.get(j) ? 0x80 >> j % 8 : 0;
            }
            out.write(bits);
        }
        return out.toByteArray();
    }
}
