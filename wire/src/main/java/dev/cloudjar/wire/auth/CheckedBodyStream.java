package dev.cloudjar.wire.auth;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A body that is held to its checksums as it is read: the read that would report its end refuses instead.
final class CheckedBodyStream extends FilterInputStream {
    private final List<BodyCheck> checks;
    private final byte[] single = new byte[1];
    private boolean finished;

    CheckedBodyStream(InputStream in, List<BodyCheck> checks) {
        super(in);
        this.checks = checks;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count > 0) {
            for (BodyCheck check : checks) {
                check.update(into, offset, count);
            }
        } else if (count < 0 && !finished) {
            finished = true;
            checks.forEach(BodyCheck::finish);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = new byte[(int) Math.min(count, 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
