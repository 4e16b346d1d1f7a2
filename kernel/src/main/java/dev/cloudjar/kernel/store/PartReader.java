package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads a part from its beginning to its end, and holds all that it reads to its checksums. Damage is named with
/// file and offset.
final class PartReader {
    private static final int WINDOW = 1 << 20;

    /// Whoever wants the rows: each value a `byte[]` or a [Large].
    @FunctionalInterface
    interface Sink {
        void put(byte[] key, Object value);
    }

    private final Folder folder;
    private final String file;
    private final Disk disk;
    private final boolean values;
    private final long size;
    private long at;
    private long rows;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long shown;

    private PartReader(Folder folder, String file, Disk disk, boolean values) throws IOException {
        this.folder = folder;
        this.file = file;
        this.disk = disk;
        this.values = values;
        this.size = disk.size();
    }

    /// Gives all rows of `file` to `sink`. Large values are passed over, unless `values` are to be verified as
    /// well.
    static void read(Folder folder, String file, boolean values, Sink sink) throws IOException {
        try (Disk disk = folder.read(file)) {
            new PartReader(folder, file, disk, values).read(sink);
        }
    }

    private void read(Sink sink) throws IOException {
        int heading = PartFormat.HEADING.length;
        if (size < heading || !Arrays.equals(disk.bytes(0, heading).array(), PartFormat.HEADING)) {
            throw new StoreException(folder.path(file) + " is not a checkpoint that this version of Cloudjar can read");
        }
        at = heading;
        boolean more = true;
        while (more) {
            more = block(sink);
        }
        if (at != size) {
            throw damaged("there is more behind its end");
        }
    }

    /// Takes the next block; false after the last.
    private boolean block(Sink sink) throws IOException {
        ByteBuffer header = show(PartFormat.BLOCK);
        if (!PartFormat.sound(header)) {
            throw damaged("a checksum does not match");
        }
        byte kind = header.get(0);
        int length = header.getInt(1);
        int check = header.getInt(5);
        if (length < 0 || length > size - at - PartFormat.BLOCK) {
            throw damaged("it is too short");
        }
        if (kind == PartFormat.VALUE && !values) {
            at += PartFormat.BLOCK + (long) length;
            return true;
        }
        ByteBuffer content = show(PartFormat.BLOCK + length).slice(PartFormat.BLOCK, length);
        if (Large.check(content.array(), content.arrayOffset(), length) != check) {
            throw damaged("a checksum does not match");
        }
        if (kind == PartFormat.ROWS) {
            rows(content, sink);
        } else if (kind == PartFormat.END && content.getLong(0) != rows) {
            throw damaged("rows are missing");
        }
        at += PartFormat.BLOCK + (long) length;
        return kind != PartFormat.END;
    }

    private void rows(ByteBuffer content, Sink sink) {
        byte[] key = {};
        while (content.hasRemaining()) {
            int shared = (int) number(content);
            int own = (int) number(content);
            byte[] next = Arrays.copyOf(key, shared + own);
            content.get(next, shared, own);
            key = next;
            rows++;
            sink.put(key, value(content));
        }
    }

    private Object value(ByteBuffer content) {
        if (content.get() == 1) {
            var place = new Large.Place(folder, file, number(content));
            return new Large(place, (int) number(content), content.getInt());
        }
        byte[] value = new byte[(int) number(content)];
        content.get(value);
        return value;
    }

    private static long number(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /// The next `length` bytes, out of a window that is read ahead.
    private ByteBuffer show(int length) throws IOException {
        if (length > size - at) {
            throw damaged("it ends there");
        }
        if (at < shown || at + length > shown + window.limit()) {
            window = disk.bytes(at, (int) Math.min(Math.max(WINDOW, length), size - at));
            shown = at;
        }
        return window.slice((int) (at - shown), length);
    }

    private StoreException damaged(String what) {
        return new StoreException("The checkpoint " + folder.path(file) + " is damaged at byte " + at + ": " + what
                + ". Nothing has been changed; ./cloudjar doctor shows what can be read.");
    }
}
