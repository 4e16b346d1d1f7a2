package dev.cloudjar.services.s3.select;

import java.io.IOException;

/// One block of a bzip2 file: Huffman codes over a moved-to-front alphabet give the Burrows-Wheeler transform of
/// bytes in which runs of four are followed by how many more there are.
final class Bzip2Block {
    static final Bzip2Block EMPTY = new Bzip2Block(new int[0], 0, 0);

    private static final int GROUP = 50;
    private static final int RUN = 4;

    private final int[] next;
    private final int expected;
    private int place;
    private int left;
    private int last = -1;
    private int run;
    private int repeats;
    private int crc = -1;

    /// Each element of `next` is a byte and, above it, the place of the one that follows.
    private Bzip2Block(int[] next, int place, int expected) {
        this.next = next;
        this.place = place;
        this.left = next.length;
        this.expected = expected;
    }

    static Bzip2Block read(BitSource bits, int size) throws IOException {
        int expected = bits.read(16) << 16 | bits.read(16);
        if (bits.read(1) == 1) {
            throw Fault.TRUNCATED_INPUT.error();
        }
        int origin = bits.read(24);
        byte[] symbols = symbols(bits);
        HuffmanCode[] codes = new HuffmanCode[bits.read(3)];
        byte[] selectors = selectors(bits, codes.length);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = HuffmanCode.read(bits, symbols.length + 2);
        }
        byte[] bytes = new byte[size];
        int[] counts = new int[256];
        int length = decode(bits, new Coded(symbols, codes, selectors), bytes, counts);
        if (origin >= length) {
            throw Fault.TRUNCATED_INPUT.error();
        }
        int[] next = inverse(bytes, length, counts);
        return new Bzip2Block(next, next[origin] >>> 8, expected);
    }

    private static byte[] symbols(BitSource bits) throws IOException {
        int used = bits.read(16);
        byte[] symbols = new byte[256];
        int count = 0;
        for (int i = 0; i < 16; i++) {
            int sixteen = (used >> 15 - i & 1) == 1 ? bits.read(16) : 0;
            for (int j = 0; j < 16; j++) {
                if ((sixteen >> 15 - j & 1) == 1) {
                    symbols[count++] = (byte) (16 * i + j);
                }
            }
        }
        return java.util.Arrays.copyOf(symbols, count);
    }

    private static byte[] selectors(BitSource bits, int groups) throws IOException {
        byte[] selectors = new byte[bits.read(15)];
        byte[] order = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < selectors.length; i++) {
            int at = 0;
            while (bits.read(1) == 1) {
                at++;
            }
            if (at >= groups) {
                throw Fault.TRUNCATED_INPUT.error();
            }
            selectors[i] = toFront(order, at);
        }
        return selectors;
    }

    private static byte toFront(byte[] order, int at) {
        byte found = order[at];
        System.arraycopy(order, 0, order, 1, at);
        order[0] = found;
        return found;
    }

    private record Coded(byte[] symbols, HuffmanCode[] codes, byte[] selectors) {
        HuffmanCode code(int position) {
            int group = position / GROUP;
            if (group >= selectors.length) {
                throw Fault.TRUNCATED_INPUT.error();
            }
            return codes[selectors[group]];
        }
    }

    /// Fills `bytes` and counts each; answers how many there are.
    private static int decode(BitSource bits, Coded coded, byte[] bytes, int[] counts) throws IOException {
        byte[] order = coded.symbols().clone();
        int length = 0;
        int weight = 1;
        int pending = 0;
        for (int position = 0; ; position++) {
            int symbol = coded.code(position).read(bits);
            if (symbol < 2) {
                pending += weight << symbol;
                weight <<= 1;
                if (pending > bytes.length) {
                    throw Fault.TRUNCATED_INPUT.error();
                }
                continue;
            }
            length = repeat(order, pending, bytes, length, counts);
            weight = 1;
            pending = 0;
            if (symbol == order.length + 1) {
                return length;
            }
            toFront(order, symbol - 1);
            length = repeat(order, 1, bytes, length, counts);
        }
    }

    private static int repeat(byte[] order, int times, byte[] bytes, int length, int[] counts) {
        if (times == 0) {
            return length;
        }
        if (length + times > bytes.length) {
            throw Fault.TRUNCATED_INPUT.error();
        }
        java.util.Arrays.fill(bytes, length, length + times, order[0]);
        counts[order[0] & 0xff] += times;
        return length + times;
    }

    private static int[] inverse(byte[] bytes, int length, int[] counts) {
        int[] first = new int[256];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + counts[i - 1];
        }
        int[] next = new int[length];
        for (int i = 0; i < length; i++) {
            next[i] = bytes[i] & 0xff;
        }
        for (int i = 0; i < length; i++) {
            next[first[bytes[i] & 0xff]++] |= i << 8;
        }
        return next;
    }

    /// Reads some of the bytes; -1 at the end of the block.
    int read(byte[] into, int offset, int wanted) {
        int count = 0;
        while (count < wanted) {
            int value = read();
            if (value < 0) {
                return count == 0 ? -1 : count;
            }
            into[offset + count++] = (byte) value;
        }
        return count;
    }

    private int read() {
        if (repeats > 0) {
            repeats--;
            return told(last);
        }
        if (left == 0) {
            return end();
        }
        int value = step();
        run = value == last ? run + 1 : 1;
        last = value;
        if (run == RUN) {
            run = 0;
            repeats = left == 0 ? 0 : step();
        }
        return told(value);
    }

    private int step() {
        int entry = next[place];
        place = entry >>> 8;
        left--;
        return entry & 0xff;
    }

    private int told(int value) {
        crc ^= value << 24;
        for (int i = 0; i < 8; i++) {
            crc = crc << 1 ^ (crc < 0 ? 0x04c11db7 : 0);
        }
        return value;
    }

    private int end() {
        if (next.length > 0 && ~crc != expected) {
            throw Fault.TRUNCATED_INPUT.error();
        }
        return -1;
    }
}
