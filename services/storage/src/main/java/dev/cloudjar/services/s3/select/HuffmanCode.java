package dev.cloudjar.services.s3.select;

import java.io.IOException;

/// A canonical Huffman code, told by the lengths of its words.
final class HuffmanCode {
    private static final int LONGEST = 20;

    private final int[] limits = new int[LONGEST + 2];
    private final int[] bases = new int[LONGEST + 2];
    private final int[] symbols;

    private HuffmanCode(byte[] lengths) {
        this.symbols = new int[lengths.length];
        int count = 0;
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            bases[length] = count - code;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[count++] = symbol;
                    code++;
                }
            }
            limits[length] = code;
            code <<= 1;
        }
    }

    /// Reads lengths, each told as steps up or down from the one before.
    static HuffmanCode read(BitSource bits, int alphabet) throws IOException {
        byte[] lengths = new byte[alphabet];
        int length = bits.read(5);
        for (int i = 0; i < alphabet; i++) {
            while (bits.read(1) == 1) {
                length += bits.read(1) == 1 ? -1 : 1;
            }
            if (length < 1 || length > LONGEST) {
                throw Fault.TRUNCATED_INPUT.error();
            }
            lengths[i] = (byte) length;
        }
        return new HuffmanCode(lengths);
    }

    /// The next symbol.
    int read(BitSource bits) throws IOException {
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = code << 1 | bits.read(1);
            if (code < limits[length]) {
                return symbols[bases[length] + code];
            }
        }
        throw Fault.TRUNCATED_INPUT.error();
    }
}
