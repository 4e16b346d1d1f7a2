package dev.cloudjar.model;

import java.io.IOException;
import java.io.InputStream;

/// A stream that only knows how to be read in bulk: a single byte is read the same way.
public abstract class BulkInputStream extends InputStream {
    private final byte[] single = new byte[1];

    @Override
    public final int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;
}
