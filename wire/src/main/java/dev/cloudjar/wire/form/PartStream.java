package dev.cloudjar.wire.form;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of one part of a form: all up to the next delimiter, which is taken, too.
final class PartStream extends InputStream {
    private final InputStream in;
    private final byte[] delimiter;
    private boolean ended;

    /// `in` must be able to mark as many bytes as the delimiter has.
    PartStream(InputStream in, byte[] delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    @Override
    public int read() throws IOException {
        if (ended) {
            return -1;
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException("a form ended within a part");
        }
        if (next == delimiter[0] && isDelimiter()) {
            ended = true;
            return -1;
        }
        return next;
    }

    /// Whether the rest of the delimiter follows its first byte; if it does, it is passed.
    private boolean isDelimiter() throws IOException {
        in.mark(delimiter.length);
        for (int i = 1; i < delimiter.length; i++) {
            if (in.read() != delimiter[i]) {
                in.reset();
                return false;
            }
        }
        return true;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int next = read();
            if (next < 0) {
                return count == 0 && length > 0 ? -1 : count;
            }
            into[offset + count++] = (byte) next;
        }
        return count;
    }
}
