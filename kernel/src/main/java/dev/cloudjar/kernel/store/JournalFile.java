package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The journal on disk: a heading, then records. Appends whole groups.
///
/// A group that could not be written, or not be synced, is taken out again before the next one goes in.
final class JournalFile implements AutoCloseable {
    private final Path file;
    private final Disk disk;
    private final boolean fsync;
    private long end;
    private boolean soiled;
    private boolean closed;

    private JournalFile(Path file, Disk disk, boolean fsync) {
        this.file = file;
        this.disk = disk;
        this.fsync = fsync;
    }

    /// Opens `file`, or begins it, and gives every sound record's payload to `replay` in order.
    static JournalFile open(
            Path file,
            Disk.Opener opener,
            Durability durability,
            Consumer<ByteBuffer> replay,
            Consumer<String> report) {
        try {
            Disk disk = opener.open(file);
            boolean opened = false;
            try {
                var journal = new JournalFile(file, disk, durability == Durability.FSYNC);
                journal.begin(new JournalReader(file, disk, report).replay(replay));
                opened = true;
                return journal;
            } finally {
                if (!opened) {
                    disk.close();
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot open the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /// Goes on after the first `sound` bytes, or begins the file where there are none.
    private void begin(long sound) throws IOException {
        disk.truncate(sound);
        if (sound == 0) {
            write(Heading.bytes(fsync ? Heading.LENGTH : Heading.UNSYNCED), 0);
        }
        end = Math.max(sound, Heading.LENGTH);
        if (!fsync) {
            write(Heading.mark(Heading.UNSYNCED), Heading.MARK);
            return;
        }
        disk.force();
        mark(end);
        disk.force();
        disk.forceName();
    }

    /// Writes `group` at the end. After a failure the file is as it was before.
    void append(ByteBuffer group) throws IOException {
        if (soiled) {
            clean();
        }
        soiled = true;
        try {
            long next = end + group.remaining();
            write(group, end);
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
            write(Heading.mark(synced), Heading.MARK);
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += disk.write(bytes, at);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (disk) {
            disk.force();
        } catch (IOException e) {
            throw new StoreException("cannot close the journal " + file + ": " + e.getMessage(), e);
        }
    }
}
