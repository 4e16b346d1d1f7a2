package dev.cloudjar.wire.form;

import dev.cloudjar.model.BulkInputStream;
import dev.cloudjar.wire.auth.PostPolicy;
import java.io.IOException;
import java.io.InputStream;

/// A form's file, held to the size that the form's policy allows once all of it has been read.
final class MeteredStream extends BulkInputStream {
    private final InputStream in;
    private final PostPolicy policy;
    private long size;

    MeteredStream(InputStream in, PostPolicy policy) {
        this.in = in;
        this.policy = policy;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count < 0) {
            policy.checkLength(size);
        } else {
            size += count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
