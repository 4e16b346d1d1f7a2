package dev.cloudjar.services.s3.select;

import java.io.IOException;
import java.io.InputStream;

/// Bytes with a look ahead, that knows how many have been read.
final class ByteSource implements AutoCloseable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 15];
    private int at;
    private int end;
    private long before;

    ByteSource(InputStream in) {
        this.in = in;
    }

    /// How many bytes have been read.
    long position() {
        return before + at;
    }

    int read() throws IOException {
        return fill(1) ? buffer[at++] & 0xff : -1;
    }

    /// Whether `mark` comes next.
    boolean isAt(byte[] mark) throws IOException {
        if (!fill(mark.length)) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (buffer[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /// Takes `mark` where it comes next.
    boolean take(byte[] mark) throws IOException {
        boolean found = isAt(mark);
        if (found) {
            at += mark.length;
        }
        return found;
    }

    private boolean fill(int count) throws IOException {
        while (end - at < count) {
            if (at > 0) {
                System.arraycopy(buffer, at, buffer, 0, end - at);
                before += at;
                end -= at;
                at = 0;
            }
            int more = in.read(buffer, end, buffer.length - end);
            if (more < 0) {
                return false;
            }
            end += more;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
