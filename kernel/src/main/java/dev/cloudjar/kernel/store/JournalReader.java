package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// Reads a journal from its heading to the last sound record.
///
/// What a crash left unfinished at the end is not counted and said so; damage anywhere else is named with its
/// offset. The file is left as it is.
final class JournalReader {
    private static final int WINDOW = 1 << 20;

    private enum Flaw {
        /// The file ends within the record, or holds nothing but zeros from its start on.
        SHORT,
        WRONG
    }

    private final Path file;
    private final Disk disk;
    private final Consumer<String> report;
    private final long size;
    private long synced;
    private long next;
    private long sequence;
    private ByteBuffer window = ByteBuffer.allocate(0);

    JournalReader(Path file, Disk disk, Consumer<String> report) throws IOException {
        this.file = file;
        this.disk = disk;
        this.report = report;
        this.size = disk.size();
    }

    /// Gives every sound record's payload to `replay` and answers where the last one ends; 0 where not even the
    /// heading was finished.
    long replay(Consumer<ByteBuffer> replay) throws IOException {
        ByteBuffer heading = read(0, (int) Math.min(Heading.LENGTH, size));
        if (size <= Heading.LENGTH && Heading.unfinished(heading)) {
            return 0;
        }
        if (heading.limit() < Heading.LENGTH || !Heading.names(heading)) {
            throw new StoreException(file + " is not a journal that this version of Cloudjar can read");
        }
        synced = Heading.synced(heading);
        next = Heading.LENGTH;
        while (next < size && sound()) {
            replay.accept(window.slice(window.position() + Record.HEADER, length()));
            advance(Record.HEADER + length());
        }
        if (next < synced && synced != Heading.UNSYNCED) {
            throw damaged("it ends there, but was longer once");
        }
        if (next < size) {
            report.accept("The last write to " + file + " was cut short by a crash: " + (size - next)
                    + " bytes that nobody was told of have been removed.");
        }
        return next;
    }

    private int length() {
        return window.getInt(window.position());
    }

    private void advance(int bytes) {
        window.position(window.position() + bytes);
        next += bytes;
    }

    /// Whether a whole, undamaged record stands next, and then in the window; false where the journal ends.
    private boolean sound() throws IOException {
        if (size - next < Record.HEADER) {
            return ends(Flaw.SHORT);
        }
        show(Record.HEADER);
        int start = window.position();
        if (crc(start, 8) != window.getInt(start + 8) || length() < Record.LEAST) {
            return ends(zeros() ? Flaw.SHORT : Flaw.WRONG);
        }
        if (size - next - Record.HEADER < length()) {
            return ends(Flaw.SHORT);
        }
        show(Record.HEADER + length());
        start = window.position();
        return crc(start + Record.HEADER, length()) == window.getInt(start + 4) && follows() || ends(Flaw.WRONG);
    }

    /// Whether the record in the window has the number that comes after the one before it.
    private boolean follows() {
        long before = sequence;
        sequence = window.getLong(window.position() + Record.HEADER);
        return before == 0 || sequence == before + 1;
    }

    private boolean ends(Flaw flaw) {
        boolean torn = next >= synced || flaw == Flaw.SHORT && synced == Heading.UNSYNCED;
        if (!torn) {
            throw damaged("a checksum or number does not match");
        }
        return false;
    }

    private StoreException damaged(String what) {
        return new StoreException("The journal " + file + " is damaged at byte " + next + ": " + what
                + ". Nothing has been changed; restore the file from a copy.");
    }

    private int crc(int from, int length) {
        var crc = new CRC32C();
        crc.update(window.array(), from, length);
        return (int) crc.getValue();
    }

    /// Sees to it that at least `bytes` of what stands next are in the window.
    private void show(int bytes) throws IOException {
        if (window.remaining() < bytes) {
            window = read(next, (int) Math.min(Math.max(WINDOW, bytes), size - next));
        }
    }

    private boolean zeros() throws IOException {
        for (long at = next; at < size; at += WINDOW) {
            ByteBuffer stretch = read(at, (int) Math.min(WINDOW, size - at));
            while (stretch.hasRemaining()) {
                if (stretch.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        disk.read(buffer, at);
        if (buffer.hasRemaining()) {
            throw new IOException("the file ended while it was read");
        }
        return buffer.flip();
    }
}
