package dev.cloudjar.wire.auth;

import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A body that is held to its checksums as it is read: the read that would report its end refuses instead.
final class CheckedBodyStream extends BulkInputStream {
    private final InputStream in;
    private final List<BodyCheck> checks;
    private boolean finished;

    CheckedBodyStream(InputStream in, List<BodyCheck> checks) {
        this.in = in;
        this.checks = checks;
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
    public void close() throws IOException {
        in.close();
    }
}
