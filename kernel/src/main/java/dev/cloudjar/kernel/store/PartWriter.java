package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/// Writes a part, row by row in order. [PartFormat] says how it looks.
final class PartWriter implements AutoCloseable {
    private static final int BLOCK_SIZE = 1 << 16;

    private final Folder folder;
    private final String file;
    private final Disk disk;
    private final int large;
    private final Map<Large, Large.Place> moved;
    private final Pace pace;
    private byte[] block = new byte[BLOCK_SIZE * 2];
    private int filled;
    private byte[] first = {};
    private byte[] last = {};
    private long rows;
    private long end;

    /// A writer of `file`. Where it puts values of `large` bytes and more, it notes in `moved`.
    PartWriter(Folder folder, String file, int large, Map<Large, Large.Place> moved, Pace pace) throws IOException {
        this.folder = folder;
        this.file = file;
        this.disk = folder.open(file);
        this.large = large;
        this.moved = moved;
        this.pace = pace;
        write(ByteBuffer.wrap(PartFormat.HEADING));
    }

    long size() {
        return end + filled;
    }

    void put(byte[] key, Object value) throws IOException {
        if (rows == 0) {
            first = key;
        }
        rows++;
        boolean apart = value instanceof Large || Large.length(value) >= large;
        long at = apart ? value(value) : 0;
        int shared = filled == 0 ? 0 : Math.max(0, shared(last, key));
        room(40 + key.length);
        number(shared);
        number(key.length - shared);
        bytes(key, shared, key.length - shared);
        number(apart ? 1 : 0);
        if (apart) {
            number(at);
            number(Large.length(value));
            ByteBuffer.wrap(block, filled, 4).putInt(check(value));
            filled += 4;
        } else {
            byte[] bytes = Large.bytes(value);
            number(bytes.length);
            room(bytes.length);
            bytes(bytes, 0, bytes.length);
        }
        last = key;
        if (filled >= BLOCK_SIZE) {
            flush();
        }
    }

    private static int shared(byte[] one, byte[] other) {
        int differs = Arrays.mismatch(one, other);
        return differs < 0 ? one.length : differs;
    }

    /// Writes the bytes of a large value and answers where they stand.
    private long value(Object value) throws IOException {
        byte[] bytes = Large.bytes(value);
        write(PartFormat.header(PartFormat.VALUE, bytes.length, check(value)));
        long at = end;
        write(ByteBuffer.wrap(bytes));
        if (value instanceof Large kept) {
            moved.put(kept, new Large.Place(folder, file, at));
        }
        return at;
    }

    private static int check(Object value) {
        return value instanceof Large kept ? kept.check() : Large.check((byte[]) value, 0, ((byte[]) value).length);
    }

    private void flush() throws IOException {
        write(PartFormat.header(PartFormat.ROWS, filled, Large.check(block, 0, filled)));
        write(ByteBuffer.wrap(block, 0, filled));
        filled = 0;
    }

    /// Ends the file and returns once the disk has it.
    Part finish() throws IOException {
        if (filled > 0) {
            flush();
        }
        byte[] count = ByteBuffer.allocate(8).putLong(rows).array();
        write(PartFormat.header(PartFormat.END, count.length, Large.check(count, 0, count.length)));
        write(ByteBuffer.wrap(count));
        disk.force();
        return new Part(file, first, rows, end);
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        disk.writeAll(bytes, end);
        end += length;
        pace.worked(length);
    }

    private void room(int more) {
        if (filled + more > block.length) {
            block = Arrays.copyOf(block, Math.max(block.length * 2, filled + more));
        }
    }

    private void bytes(byte[] from, int at, int length) {
        System.arraycopy(from, at, block, filled, length);
        filled += length;
    }

    private void number(long value) {
        long rest = value;
        while (rest > 0x7F) {
            block[filled++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        block[filled++] = (byte) rest;
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
