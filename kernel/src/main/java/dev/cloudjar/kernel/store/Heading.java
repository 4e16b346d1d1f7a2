package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The first bytes of a journal: what it is, and how far it is known to have reached the disk.
///
/// ```
/// "cloudjar journal 1\n" (19) · synced up to this offset (8) · CRC-32C of these eight bytes (4)
/// ```
/// Damage before that offset is damage. Behind it stands at most the group that was being written when the power
/// failed, of which any part may be missing. A journal that is not synced says [#UNSYNCED]: only its end may be
/// missing.
final class Heading {
    private static final byte[] NAME = "cloudjar journal 1\n".getBytes(StandardCharsets.US_ASCII);

    static final int MARK = NAME.length;
    static final int LENGTH = MARK + 12;
    static final long UNSYNCED = Long.MAX_VALUE;

    private Heading() {}

    static ByteBuffer bytes(long synced) {
        return ByteBuffer.allocate(LENGTH).put(NAME).put(mark(synced)).flip();
    }

    static ByteBuffer mark(long synced) {
        ByteBuffer mark = ByteBuffer.allocate(12).putLong(synced);
        return mark.putInt(check(mark)).flip();
    }

    private static int check(ByteBuffer mark) {
        var crc = new CRC32C();
        crc.update(mark.slice(0, 8));
        return (int) crc.getValue();
    }

    static boolean names(ByteBuffer heading) {
        return Arrays.equals(heading.array(), 0, MARK, NAME, 0, MARK);
    }

    /// Whether these first bytes are all that a crash left of a heading: part of the name, then nothing or zeros.
    static boolean unfinished(ByteBuffer bytes) {
        int same = 0;
        while (same < bytes.limit() && same < MARK && bytes.get(same) == NAME[same]) {
            same++;
        }
        for (int i = same; i < bytes.limit(); i++) {
            if (same < MARK && bytes.get(i) != 0) {
                return false;
            }
        }
        return bytes.limit() < LENGTH || same < MARK;
    }

    /// How far the journal was synced; nothing is promised, so 0, where the mark itself is damaged.
    static long synced(ByteBuffer heading) {
        ByteBuffer mark = heading.slice(MARK, LENGTH - MARK);
        return check(mark) == mark.getInt(8) ? mark.getLong(0) : 0;
    }
}
