package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a file of the journal from its heading to the last sound record.
///
/// What a crash left unfinished at the end is not counted; damage anywhere else is named with its offset. The
/// file is left as it is.
final class JournalReader {
    private static final int WINDOW = 1 << 20;

    /// Whoever wants the records.
    @FunctionalInterface
    interface Sink {
        /// Takes a sound record's payload, which stands at `place`; false if that was enough.
        boolean accept(ByteBuffer payload, Large.Place place);
    }

    private enum Flaw {
        /// The file ends within the record, or holds nothing but zeros from its start on.
        SHORT,
        WRONG
    }

    private final Folder folder;
    private final String file;
    private final Disk disk;
    private final long size;
    private long synced;
    private long next;
    private long sequence;
    private ByteBuffer window = ByteBuffer.allocate(0);

    /// A reader of `file`, open as `disk`; the record before its first has the number `before`, unless that is 0.
    JournalReader(Folder folder, String file, Disk disk, long before) throws IOException {
        this.folder = folder;
        this.file = file;
        this.disk = disk;
        this.size = disk.size();
        this.sequence = before;
    }

    long size() {
        return size;
    }

    /// The number of the last record that was read.
    long sequence() {
        return sequence;
    }

    /// Gives every sound record's payload to `sink` and answers where the last one ends; 0 where not even the
    /// heading was finished.
    long replay(Sink sink) throws IOException {
        ByteBuffer heading = disk.bytes(0, (int) Math.min(Heading.LENGTH, size));
        if (size <= Heading.LENGTH && Heading.unfinished(heading)) {
            return 0;
        }
        if (heading.limit() < Heading.LENGTH || !Heading.names(heading)) {
            throw new StoreException(folder.path(file) + " is not a journal that this version of Cloudjar can read");
        }
        synced = Heading.synced(heading);
        next = Heading.LENGTH;
        boolean more = true;
        while (more && next < size && sound()) {
            ByteBuffer payload = window.slice(window.position() + Record.HEADER, length());
            more = sink.accept(payload, new Large.Place(folder, file, next + Record.HEADER));
            advance(Record.HEADER + length());
        }
        if (more && next < synced && synced != Heading.UNSYNCED) {
            throw damaged("it ends there, but was longer once");
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
        if (Large.check(window.array(), start, 8) != window.getInt(start + 8) || length() < Record.LEAST) {
            return ends(zeros() ? Flaw.SHORT : Flaw.WRONG);
        }
        if (size - next - Record.HEADER < length()) {
            return ends(Flaw.SHORT);
        }
        show(Record.HEADER + length());
        start = window.position();
        return Large.check(window.array(), start + Record.HEADER, length()) == window.getInt(start + 4) && follows()
                || ends(Flaw.WRONG);
    }

    /// Whether the record in the window has the number that comes after the one before it.
    private boolean follows() {
        long before = sequence;
        sequence = window.getLong(window.position() + Record.HEADER);
        if (before != 0 && sequence != before + 1) {
            sequence = before;
            return false;
        }
        return true;
    }

    private boolean ends(Flaw flaw) {
        boolean torn = next >= synced || flaw == Flaw.SHORT && synced == Heading.UNSYNCED;
        if (!torn) {
            throw damaged("a checksum or number does not match");
        }
        return false;
    }

    /// What to say of damage at the place that is read.
    StoreException damaged(String what) {
        return new StoreException("The journal " + folder.path(file) + " is damaged at byte " + next + ": " + what
                + ". Nothing has been changed; ./cloudjar doctor shows what can be read.");
    }

    /// Sees to it that at least `bytes` of what stands next are in the window.
    private void show(int bytes) throws IOException {
        if (window.remaining() < bytes) {
            window = disk.bytes(next, (int) Math.min(Math.max(WINDOW, bytes), size - next));
        }
    }

    private boolean zeros() throws IOException {
        for (long at = next; at < size; at += WINDOW) {
            ByteBuffer stretch = disk.bytes(at, (int) Math.min(WINDOW, size - at));
            while (stretch.hasRemaining()) {
                if (stretch.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
