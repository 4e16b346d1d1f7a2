package dev.cloudjar.services.s3;

import dev.cloudjar.model.BulkInputStream;
import dev.cloudjar.services.s3.parquet.ParquetFile;
import dev.cloudjar.services.s3.select.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The object that a query reads, and how much of it has been read so far.
final class SelectSource implements ParquetFile.Source {
    private final Reading reading;
    private final Reading.Seen seen;
    private final Asked in;
    private long scanned;
    private long processed;

    SelectSource(Reading reading, Reading.Seen seen, Asked in) {
        this.reading = reading;
        this.seen = seen;
        this.in = in;
    }

    @Override
    public long size() {
        return seen.version().content().size();
    }

    /// Bytes of the object as it is stored.
    long scanned() {
        return scanned;
    }

    /// Bytes of what was packed.
    long processed() {
        return processed;
    }

    /// What the object holds from `offset` on.
    InputStream open(long offset, Packing packing) throws IOException {
        long from = Math.min(offset, size());
        var bytes = new Bytes(from, size() - from);
        InputStream stored = reading.body(seen, in, "", Optional.of(bytes)).open();
        InputStream packed = new Counted(stored, count -> scanned += count);
        return new Counted(packing.open(packed), count -> processed += count);
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
        try (InputStream bytes = reading.body(seen, in, "", Optional.of(new Bytes(offset, length)))
                .open()) {
            scanned += length;
            processed += length;
            return bytes.readNBytes(length);
        }
    }

    private interface Tally {
        void add(int count);
    }

    private static final class Counted extends BulkInputStream {
        private final InputStream in;
        private final Tally tally;

        Counted(InputStream in, Tally tally) {
            this.in = in;
            this.tally = tally;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count > 0) {
                tally.add(count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
