package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;

/// A body that is counted, and hashed for its ETag and its checksum, as it is read.
final class MeasuredStream extends BulkInputStream {
    private final InputStream in;
    private final Hashing.Hasher md5 = Hashing.MD5.start();
    private final Optional<Hashing> algorithm;
    private final Optional<Hashing.Hasher> hasher;
    private long size;

    MeasuredStream(InputStream in, Optional<Hashing> algorithm) {
        this.in = in;
        this.algorithm = algorithm;
        this.hasher = algorithm.map(Hashing::start);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count > 0) {
            md5.update(into, offset, count);
            hasher.ifPresent(h -> h.update(into, offset, count));
            size += count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    long size() {
        return size;
    }

    /// The ETag of what has been read; asked once.
    String md5() {
        return HexFormat.of().formatHex(md5.value());
    }

    Sum checksum() {
        return hasher.map(h -> Sum.of(algorithm.orElseThrow(), h.value())).orElse(Sum.NONE);
    }
}
