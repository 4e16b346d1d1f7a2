package dev.cloudjar.services.s3.select;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bits of a stream, the highest of each byte first.
final class BitSource {
    private final InputStream in;
    private int held;
    private int count;

    BitSource(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 15);
    }

    /// The next `wanted` bits, at most 24.
    int read(int wanted) throws IOException {
        while (count < wanted) {
            int next = in.read();
            if (next < 0) {
                throw Fault.TRUNCATED_INPUT.error();
            }
            held = held << 8 | next;
            count += 8;
        }
        count -= wanted;
        return held >>> count & (1 << wanted) - 1;
    }

    /// Leaves out the rest of the byte.
    void align() {
        count -= count % 8;
    }

    boolean isAtEnd() throws IOException {
        if (count > 0) {
            return false;
        }
        in.mark(1);
        int next = in.read();
        in.reset();
        return next < 0;
    }
}
