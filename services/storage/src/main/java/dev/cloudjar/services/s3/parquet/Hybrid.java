package dev.cloudjar.services.s3.parquet;

import java.nio.ByteBuffer;

/// Numbers of few bits, as runs of one number and as groups of eight packed ones.
final class Hybrid {
    private final ByteBuffer in;
    private final int width;
    private final int[] packed = new int[8];
    private long repeats;
    private int repeated;
    private long groups;
    private int place = 8;

    Hybrid(ByteBuffer in, int width) {
        this.in = in;
        this.width = width;
    }

    /// How many bits it takes to write numbers up to `most`.
    static int width(int most) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(most);
    }

    int next() {
        if (width == 0) {
            return 0;
        }
        while (repeats == 0 && place == 8 && groups == 0) {
            run();
        }
        if (repeats > 0) {
            repeats--;
            return repeated;
        }
        if (place == 8) {
            unpack();
        }
        return packed[place++];
    }

    private void run() {
        long head = ThriftStruct.varint(in);
        if ((head & 1) == 1) {
            groups = head >>> 1;
            return;
        }
        repeats = head >>> 1;
        repeated = 0;
        for (int i = 0; i < (width + 7) / 8; i++) {
            repeated |= (in.get() & 0xff) << 8 * i;
        }
    }

    /// A group takes as many bytes as a number has bits; the last may be cut short.
    private void unpack() {
        groups--;
        place = 0;
        long bits = 0;
        int held = 0;
        for (int i = 0; i < packed.length; i++) {
            while (held < width) {
                bits |= (in.hasRemaining() ? in.get() & 0xffL : 0) << held;
                held += 8;
            }
            packed[i] = (int) (bits & (1L << width) - 1);
            bits >>>= width;
            held -= width;
        }
    }
}
