package dev.cloudjar.services.s3.select;

import dev.cloudjar.model.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// How a whole object is packed.
public enum Packing {
    NONE {
        @Override
        public InputStream open(InputStream packed) {
            return packed;
        }
    },
    GZIP {
        @Override
        public InputStream open(InputStream packed) throws IOException {
            try {
                return new Checked(new GZIPInputStream(packed, 1 << 15));
            } catch (ZipException | EOFException notPacked) {
                throw Fault.INVALID_COMPRESSION.error();
            }
        }
    },
    BZIP2 {
        @Override
        public InputStream open(InputStream packed) throws IOException {
            return new Bzip2Stream(packed);
        }
    };

    public abstract InputStream open(InputStream packed) throws IOException;

    /// Says in S3's words that a packed object is broken.
    private static final class Checked extends BulkInputStream {
        private final InputStream in;

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (ZipException | EOFException broken) {
                throw Fault.TRUNCATED_INPUT.error();
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
