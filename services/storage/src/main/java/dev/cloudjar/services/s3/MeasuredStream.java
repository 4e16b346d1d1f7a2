package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.checksum.Hashing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;

/// A body that is counted, and hashed for its ETag and its checksum, as it is read.
final class MeasuredStream extends FilterInputStream {
    private final Hashing.Hasher md5 = Hashing.MD5.start();
    private final Optional<Hashing> algorithm;
    private final Optional<Hashing.Hasher> hasher;
    private long size;

    MeasuredStream(InputStream in, Optional<Hashing> algorithm) {
        super(in);
        this.algorithm = algorithm;
        this.hasher = algorithm.map(Hashing::start);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
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
