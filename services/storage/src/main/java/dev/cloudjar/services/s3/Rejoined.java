package dev.cloudjar.services.s3;

import java.io.IOException;
import java.io.InputStream;

/// A stream of which the beginning has been read already.
final class Rejoined extends InputStream {
    private final byte[] first;
    private final InputStream rest;
    private int at;

    Rejoined(byte[] first, InputStream rest) {
        this.first = first;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        return at < first.length ? first[at++] & 0xFF : rest.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at >= first.length) {
            return rest.read(into, offset, length);
        }
        int count = Math.min(length, first.length - at);
        System.arraycopy(first, at, into, offset, count);
        at += count;
        return count;
    }
}
