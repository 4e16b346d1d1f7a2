package dev.cloudjar.kernel.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file on the disk. Not a `FileChannel`, because one closes itself for everybody when the thread that writes
/// to it is interrupted.
final class DiskFile implements Disk {
    private final RandomAccessFile file;

    DiskFile(Path path, String mode) throws IOException {
        this.file = open(path, mode);
    }

    private static RandomAccessFile open(Path path, String mode) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), mode);
        } catch (FileNotFoundException e) {
            if (mode.equals("r") && Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw e;
        }
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public void read(ByteBuffer into, long at) throws IOException {
        file.seek(at);
        int count = 0;
        while (into.hasRemaining() && count >= 0) {
            count = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.position() + Math.max(0, count));
        }
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        int length = from.remaining();
        file.seek(at);
        file.write(from.array(), from.arrayOffset() + from.position(), length);
        from.position(from.limit());
        return length;
    }

    @Override
    public void truncate(long size) throws IOException {
        file.setLength(size);
    }

    @Override
    public void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
