package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// How the rows of a part stand in its file.
///
/// ``` "cloudjar rows 1\n" (16) · blocks block    kind (1) · length of content (4) · CRC-32C of content (4) ·
/// CRC-32C of these nine bytes (4) · content kind R   rows in order: bytes shared with the key before · bytes
/// of its own · those · value
///          value: 0 · length · bytes, or 1 · where its bytes stand in this file · length · CRC-32C (4) kind V
/// the bytes of one large value, ahead of the row to which they belong kind E   the number of rows (8): the end
/// ``` Lengths and places within rows are whole numbers of seven bits a byte, the lowest first; the rest is
/// big-endian.
final class PartFormat {
    static final byte[] HEADING = "cloudjar rows 1\n".getBytes(StandardCharsets.US_ASCII);
    static final int BLOCK = 13;

    static final byte ROWS = 'R';
    static final byte VALUE = 'V';
    static final byte END = 'E';

    private PartFormat() {}

    static ByteBuffer header(byte kind, int length, int check) {
        ByteBuffer header = ByteBuffer.allocate(BLOCK).put(kind).putInt(length).putInt(check);
        return header.putInt(Large.check(header.array(), 0, BLOCK - 4)).flip();
    }

    static boolean sound(ByteBuffer header) {
        return Large.check(header.array(), header.arrayOffset(), BLOCK - 4) == header.getInt(BLOCK - 4);
    }
}
