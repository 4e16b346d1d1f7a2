package dev.cloudjar.wire.form;

import dev.cloudjar.wire.auth.PostPolicy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A form's file, held to the size that the form's policy allows once all of it has been read.
final class MeteredStream extends FilterInputStream {
    private final PostPolicy policy;
    private long size;

    MeteredStream(InputStream in, PostPolicy policy) {
        super(in);
        this.policy = policy;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
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
}
