package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A value too large for the heap: how long it is, its checksum, and where its bytes are. Until the journal has
/// them, that is here.
final class Large {
    /// Where the bytes are. Places change when files are rewritten; the value never does.
    record Place(Folder folder, String file, long at) {}

    /// The file is gone: whoever reads does so in a version of the tree that nobody keeps any more.
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone(Throwable cause) {
            super("the value was removed while it was read", cause);
        }
    }

    private final int length;
    private final int check;
    private volatile byte @Nullable [] bytes;
    private volatile @Nullable Place place;

    /// A value that is not written yet.
    Large(byte[] bytes) {
        this.length = bytes.length;
        this.check = check(bytes, 0, length);
        this.bytes = bytes;
    }

    /// A value found at `place`.
    Large(Place place, int length, int check) {
        this.length = length;
        this.check = check;
        this.place = place;
    }

    static int check(byte[] from, int at, int length) {
        var crc = new CRC32C();
        crc.update(from, at, length);
        return (int) crc.getValue();
    }

    /// The bytes of a stored value, large or not.
    static byte[] bytes(Object value) {
        return value instanceof Large large ? large.read() : (byte[]) value;
    }

    static int length(Object value) {
        return value instanceof Large large ? large.length : ((byte[]) value).length;
    }

    /// Whether two stored values have the same bytes.
    static boolean same(Object one, Object other) {
        if (one instanceof Large a && other instanceof Large b && (a.length != b.length || a.check != b.check)) {
            return false;
        }
        return one == other || length(one) == length(other) && java.util.Arrays.equals(bytes(one), bytes(other));
    }

    int length() {
        return length;
    }

    int check() {
        return check;
    }

    /// From now on the bytes are read at `where`.
    void moved(Place where) {
        place = where;
        bytes = null;
    }

    private byte[] read() {
        while (true) {
            byte[] held = bytes;
            Place where = place;
            if (held != null) {
                return held;
            }
            if (where == null) {
                throw new IllegalStateException("a value is neither here nor there");
            }
            try {
                return read(where);
            } catch (NoSuchFileException gone) {
                if (place == where) {
                    throw new Gone(gone);
                }
            } catch (IOException e) {
                throw new StoreException("cannot read " + where.folder().path(where.file()) + ": " + e.getMessage(), e);
            }
        }
    }

    private byte[] read(Place where) throws IOException {
        try (Disk disk = where.folder().read(where.file())) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            disk.read(buffer, where.at());
            if (buffer.hasRemaining() || check(buffer.array(), 0, length) != check) {
                throw new StoreException(where.folder().path(where.file()) + " is damaged at byte " + where.at()
                        + ": a value of " + length + " bytes does not match its checksum.");
            }
            return buffer.array();
        }
    }
}
