package dev.cloudjar.services.iam;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Draws a QR code as a picture: PNG of black and white, four dots a module, with the margin that readers want.
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int DOTS = 4;
    private static final int MARGIN = 4;
    private static final int WIDTH = (QrCode.SIZE + 2 * MARGIN) * DOTS;

    private Png() {}

    static byte[] of(QrCode code) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(WIDTH).put((byte) 1);
        chunk("IHDR", header.array(), out);
        chunk("IDAT", deflated(rows(code)), out);
        chunk("IEND", new byte[0], out);
        return out.toByteArray();
    }

    /// A bit a dot, one where it is white; a byte before each row says that the row is as it stands.
    private static byte[] rows(QrCode code) {
        int length = (WIDTH + 7) / 8 + 1;
        byte[] rows = new byte[length * WIDTH];
        for (int y = 0; y < WIDTH; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (!isDark(code, y / DOTS - MARGIN, x / DOTS - MARGIN)) {
                    rows[y * length + 1 + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return rows;
    }

    private static boolean isDark(QrCode code, int row, int column) {
        boolean inside = row >= 0 && row < QrCode.SIZE && column >= 0 && column < QrCode.SIZE;
        return inside && code.isDark(row, column);
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(String name, byte[] content, ByteArrayOutputStream out) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(type);
        sum.update(content);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        out.writeBytes(type);
        out.writeBytes(content);
        out.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    }
}
