package dev.cloudjar.services.s3.select;

import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a file packed by `bzip2` holds, one block in memory at a time.
final class Bzip2Stream extends BulkInputStream {
    private static final long BLOCK = 0x314159265359L;
    private static final long END = 0x177245385090L;
    private static final int MAGIC = 'B' << 16 | 'Z' << 8 | 'h';
    private static final int UNIT = 100_000;

    private final BitSource bits;
    private final InputStream in;
    private Bzip2Block block = Bzip2Block.EMPTY;
    private int blockSize;
    private boolean ended;

    Bzip2Stream(InputStream in) throws IOException {
        this.in = in;
        this.bits = new BitSource(in);
        if (!begin()) {
            throw Fault.TRUNCATED_INPUT.error();
        }
    }

    /// Reads the head of a file; several may follow one another.
    private boolean begin() throws IOException {
        if (bits.isAtEnd()) {
            return false;
        }
        int magic = bits.read(24);
        int level = bits.read(8) - '0';
        if (magic != MAGIC || level < 1 || level > 9) {
            throw Fault.INVALID_COMPRESSION.error();
        }
        blockSize = level * UNIT;
        return true;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = block.read(into, offset, length);
        while (count < 0 && !ended && nextBlock()) {
            count = block.read(into, offset, length);
        }
        return count;
    }

    private boolean nextBlock() throws IOException {
        while (true) {
            long magic = (long) bits.read(24) << 24 | bits.read(24);
            if (magic == BLOCK) {
                block = Bzip2Block.read(bits, blockSize);
                return true;
            }
            if (magic != END) {
                throw Fault.TRUNCATED_INPUT.error();
            }
            bits.read(16);
            bits.read(16);
            bits.align();
            if (!begin()) {
                ended = true;
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
