package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// The journal on disk: a heading, then records. Appends whole groups, and on opening reads back what is sound.
///
/// What a crash left unfinished at the end is cut and said so; damage anywhere else is named with its offset, and
/// the file is left as it is.
final class JournalFile implements AutoCloseable {
    private static final byte[] HEADING = "cloudjar journal 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int WINDOW = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final boolean fsync;
    private long end;

    private JournalFile(Path file, FileChannel channel, boolean fsync) {
        this.file = file;
        this.channel = channel;
        this.fsync = fsync;
    }

    /// Opens `file`, or begins it, and gives every sound record's payload to `replay` in order.
    static JournalFile open(Path file, Durability durability, Consumer<ByteBuffer> replay, Consumer<String> report) {
        try {
            boolean fresh = !Files.exists(file) || Files.size(file) < HEADING.length;
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var journal = new JournalFile(file, channel, durability == Durability.FSYNC);
            if (fresh) {
                journal.begin();
            } else {
                journal.replay(replay, report);
            }
            return journal;
        } catch (IOException e) {
            throw new StoreException("cannot open the journal " + file + ": " + e.getMessage(), e);
        }
    }

    private void begin() throws IOException {
        channel.truncate(0);
        append(ByteBuffer.wrap(HEADING));
        if (fsync) {
            try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        }
    }

    /// Writes `group` at the end. After a failure the file is as it was before.
    void append(ByteBuffer group) throws IOException {
        try {
            long at = end;
            while (group.hasRemaining()) {
                at += channel.write(group, at);
            }
            if (fsync) {
                channel.force(false);
            }
            end = at;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    private void replay(Consumer<ByteBuffer> replay, Consumer<String> report) throws IOException {
        long size = channel.size();
        ByteBuffer heading = read(0, HEADING.length);
        if (!Arrays.equals(heading.array(), HEADING)) {
            throw new StoreException(file + " is not a journal that this version of Cloudjar can read");
        }
        long at = HEADING.length;
        while (at < size) {
            long next = replayGroup(at, size, replay);
            if (next == at) {
                break;
            }
            at = next;
        }
        end = at;
        if (at < size) {
            report.accept("The last write to " + file + " was cut short by a crash: " + (size - at)
                    + " bytes that nobody was told of have been removed.");
            channel.truncate(at);
        }
    }

    /// Replays the records of one window from `at` on and answers where the next begins; `at` itself where the
    /// tail is torn.
    private long replayGroup(long at, long size, Consumer<ByteBuffer> replay) throws IOException {
        ByteBuffer window = read(at, (int) Math.min(WINDOW, size - at));
        long next = at;
        while (window.remaining() >= Record.HEADER) {
            int length = headerAt(window, next, size);
            if (length < 0 || next + Record.HEADER + length > size) {
                return next;
            }
            if (window.remaining() < Record.HEADER + length) {
                if (next > at) {
                    return next;
                }
                window = read(at, Record.HEADER + length);
            }
            ByteBuffer payload = window.slice(window.position() + Record.HEADER, length);
            check(payload, window.getInt(window.position() + 4), next);
            replay.accept(payload);
            window.position(window.position() + Record.HEADER + length);
            next += Record.HEADER + length;
        }
        return next;
    }

    /// The length in the header at the window's position, or -1 where the file holds nothing but zeros from here
    /// on.
    private int headerAt(ByteBuffer window, long offset, long size) throws IOException {
        int position = window.position();
        var crc = new CRC32C();
        crc.update(window.slice(position, 8));
        int length = window.getInt(position);
        if ((int) crc.getValue() == window.getInt(position + 8) && length >= 12) {
            return length;
        }
        if (zeros(offset, size)) {
            return -1;
        }
        throw damaged(offset);
    }

    private void check(ByteBuffer payload, int expected, long offset) {
        var crc = new CRC32C();
        crc.update(payload.duplicate());
        if ((int) crc.getValue() != expected) {
            throw damaged(offset);
        }
    }

    private boolean zeros(long from, long size) throws IOException {
        for (long at = from; at < size; at += WINDOW) {
            ByteBuffer window = read(at, (int) Math.min(WINDOW, size - at));
            while (window.hasRemaining()) {
                if (window.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private StoreException damaged(long offset) {
        return new StoreException("The journal " + file + " is damaged at byte " + offset
                + ": a checksum does not match. Nothing has been changed; restore the file from a copy.");
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int count = 0;
        while (buffer.hasRemaining() && count >= 0) {
            count = channel.read(buffer, at + buffer.position());
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new StoreException("cannot close the journal " + file, e);
        }
    }
}
