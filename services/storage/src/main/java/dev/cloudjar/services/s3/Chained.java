package dev.cloudjar.services.s3;

import dev.cloudjar.model.Body;
import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/// Bodies one after the other, each opened when the one before has ended.
final class Chained extends BulkInputStream {
    private final Iterator<Body> bodies;
    private InputStream current = InputStream.nullInputStream();

    Chained(Iterator<Body> bodies) {
        this.bodies = bodies;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = current.read(into, offset, length);
        while (count < 0 && bodies.hasNext()) {
            current.close();
            current = bodies.next().open();
            count = current.read(into, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
