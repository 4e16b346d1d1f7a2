package dev.cloudjar.services.iam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A QR code by ISO/IEC 18004: always of version 12 with the lowest error correction and the first mask, which
/// takes texts of up to 367 bytes. What leads to a virtual MFA device is no longer.
final class QrCode {
    static final int SIZE = 65;

    private static final int LONGEST = 367;
    private static final int DATA = 370;
    private static final int[] BLOCKS = {92, 92, 93, 93};
    private static final int CORRECTION = 24;
    private static final int[] ALIGNED = {6, 32, 58};
    /// Level L and mask 0, and version 12, each with its error correction.
    private static final int FORMAT = 0x77C4;

    private static final int VERSION = 0x0C762;

    private final boolean[][] dark = new boolean[SIZE][SIZE];
    private final boolean[][] fixed = new boolean[SIZE][SIZE];

    private QrCode() {}

    static QrCode of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("too long for a QR code: " + bytes.length);
        }
        var code = new QrCode();
        code.drawPatterns();
        code.drawFormat();
        code.fill(interleaved(codewords(bytes)));
        return code;
    }

    boolean isDark(int row, int column) {
        return dark[row][column];
    }

    /// The mode for bytes, their number, the bytes, and what fills up.
    private static byte[] codewords(byte[] bytes) {
        byte[] words = new byte[DATA];
        words[0] = (byte) (0x40 | bytes.length >> 12);
        words[1] = (byte) (bytes.length >> 4);
        words[2] = (byte) (bytes.length << 4);
        for (int i = 0; i < bytes.length; i++) {
            words[i + 2] |= (byte) ((bytes[i] & 0xFF) >> 4);
            words[i + 3] = (byte) (bytes[i] << 4);
        }
        for (int i = bytes.length + 3, pad = 0xEC; i < DATA; i++, pad ^= 0xEC ^ 0x11) {
            words[i] = (byte) pad;
        }
        return words;
    }

    private static List<Byte> interleaved(byte[] words) {
        var data = new ArrayList<byte[]>();
        var correction = new ArrayList<byte[]>();
        int from = 0;
        for (int length : BLOCKS) {
            byte[] block = new byte[length];
            System.arraycopy(words, from, block, 0, length);
            from += length;
            data.add(block);
            correction.add(ReedSolomon.remainder(block, CORRECTION));
        }
        var all = new ArrayList<Byte>();
        interleave(data, all);
        interleave(correction, all);
        return all;
    }

    private static void interleave(List<byte[]> blocks, List<Byte> into) {
        for (int i = 0; i < blocks.getLast().length; i++) {
            for (byte[] block : blocks) {
                if (i < block.length) {
                    into.add(block[i]);
                }
            }
        }
    }

    private void set(int column, int row, boolean isDark) {
        dark[row][column] = isDark;
        fixed[row][column] = true;
    }

    private void drawPatterns() {
        for (int i = 0; i < SIZE; i++) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
        drawFinder(3, 3);
        drawFinder(SIZE - 4, 3);
        drawFinder(3, SIZE - 4);
        for (int column : ALIGNED) {
            for (int row : ALIGNED) {
                boolean corner = column + row == 12 || column + row == 64 && column != row;
                if (!corner) {
                    drawAlignment(column, row);
                }
            }
        }
    }

    private void drawFinder(int column, int row) {
        for (int x = -4; x <= 4; x++) {
            for (int y = -4; y <= 4; y++) {
                boolean inside = column + x >= 0 && column + x < SIZE && row + y >= 0 && row + y < SIZE;
                int distance = Math.max(Math.abs(x), Math.abs(y));
                if (inside) {
                    set(column + x, row + y, distance != 2 && distance != 4);
                }
            }
        }
    }

    private void drawAlignment(int column, int row) {
        for (int x = -2; x <= 2; x++) {
            for (int y = -2; y <= 2; y++) {
                set(column + x, row + y, Math.max(Math.abs(x), Math.abs(y)) != 1);
            }
        }
    }

    private void drawFormat() {
        for (int i = 0; i < 15; i++) {
            boolean bit = (FORMAT >> i & 1) == 1;
            if (i < 8) {
                set(8, i < 6 ? i : i + 1, bit);
                set(SIZE - 1 - i, 8, bit);
            } else {
                set(i == 8 ? 7 : 14 - i, 8, bit);
                set(8, SIZE - 15 + i, bit);
            }
        }
        set(8, SIZE - 8, true);
        for (int i = 0; i < 18; i++) {
            boolean bit = (VERSION >> i & 1) == 1;
            set(SIZE - 11 + i % 3, i / 3, bit);
            set(i / 3, SIZE - 11 + i % 3, bit);
        }
    }

    /// Two columns at a time from the right, upwards and downwards in turn, every other module inverted.
    private void fill(List<Byte> words) {
        int at = 0;
        for (int right = SIZE - 1; right >= 1; right -= 2) {
            int pair = right <= 6 ? right - 1 : right;
            boolean upwards = (pair + 1 & 2) == 0;
            for (int i = 0; i < 2 * SIZE; i++) {
                int column = pair - i % 2;
                int row = upwards ? SIZE - 1 - i / 2 : i / 2;
                if (!fixed[row][column]) {
                    boolean bit = (words.get(at / 8) >> 7 - at % 8 & 1) == 1;
                    dark[row][column] = bit ^ (row + column) % 2 == 0;
                    at++;
                }
            }
        }
    }
}
