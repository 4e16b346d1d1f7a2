package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file of the journal: a heading, then records. Appends whole groups.
///
/// A group that could not be written, or not be synced, is taken out again before the next one goes in.
final class JournalFile implements AutoCloseable {
    private final Disk disk;
    private final boolean fsync;
    private volatile long end;
    private boolean soiled;
    private boolean closed;

    private JournalFile(Disk disk, boolean fsync) {
        this.disk = disk;
        this.fsync = fsync;
    }

    /// Goes on with `file` after its first `sound` bytes, or begins it where there are none.
    static JournalFile open(Folder folder, String file, boolean fsync, long sound) throws IOException {
        Disk disk = folder.open(file);
        boolean opened = false;
        try {
            var journal = new JournalFile(disk, fsync);
            journal.begin(sound);
            if (fsync) {
                folder.force();
            }
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                disk.close();
            }
        }
    }

    private void begin(long sound) throws IOException {
        disk.truncate(sound);
        if (sound == 0) {
            disk.writeAll(Heading.bytes(fsync ? Heading.LENGTH : Heading.UNSYNCED), 0);
        }
        end = Math.max(sound, Heading.LENGTH);
        if (!fsync) {
            disk.writeAll(Heading.mark(Heading.UNSYNCED), Heading.MARK);
            return;
        }
        disk.force();
        mark(end);
        disk.force();
    }

    /// Where the next group goes.
    long end() {
        return end;
    }

    /// Writes `group` at the end. After a failure the file is as it was before.
    void append(ByteBuffer group) throws IOException {
        if (soiled) {
            clean();
        }
        soiled = true;
        try {
            long next = end + group.remaining();
            disk.writeAll(group, end);
            if (fsync) {
                disk.force();
            }
            mark(next);
            end = next;
            soiled = false;
        } catch (IOException e) {
            try {
                clean();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /// Sees to it that nothing stands behind the end, for another file comes after this one.
    void seal() throws IOException {
        if (soiled) {
            clean();
        }
    }

    /// Returns once the disk has what was appended before; others may append meanwhile.
    void sync() throws IOException {
        if (!fsync) {
            disk.force();
        }
    }

    /// Takes out what a failed write left behind the end.
    private void clean() throws IOException {
        mark(end);
        disk.truncate(end);
        if (fsync) {
            disk.force();
        }
        soiled = false;
    }

    /// Notes in the heading how far the file has been synced.
    private void mark(long synced) throws IOException {
        if (fsync) {
            disk.writeAll(Heading.mark(synced), Heading.MARK);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (disk) {
                disk.force();
            }
        }
    }
}
