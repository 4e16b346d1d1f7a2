package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/// A directory on a disk that can be filled up: then a write takes half of what it was given and fails.
public final class TightDisk {
    private final Folder folder;
    private final AtomicBoolean full = new AtomicBoolean();

    public TightDisk(Path directory) {
        this.folder = new DiskFolder(directory);
    }

    /// From now on the disk is full, or not.
    public void fill(boolean filled) {
        full.set(filled);
    }

    public Store open() {
        return TreeStore.open(new Tight(), Limits.DEFAULT, Durability.OS, _ -> {});
    }

    /// The directory as the store sees it.
    private final class Tight implements Folder {
        @Override
        public Collection<String> names() throws IOException {
            return folder.names();
        }

        @Override
        public Disk open(String name) throws IOException {
            return new TightFile(folder.open(name));
        }

        @Override
        public Disk read(String name) throws IOException {
            return folder.read(name);
        }

        @Override
        public void move(String from, String to) throws IOException {
            folder.move(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            folder.delete(name);
        }

        @Override
        public void force() throws IOException {
            folder.force();
        }

        @Override
        public Path path(String name) {
            return folder.path(name);
        }
    }

    /// One of its files.
    private final class TightFile implements Disk {
        private final Disk disk;

        TightFile(Disk disk) {
            this.disk = disk;
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            disk.read(into, at);
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            if (full.get()) {
                disk.write(from.slice(from.position(), from.remaining() / 2), at);
                throw new IOException("No space left on device");
            }
            return disk.write(from, at);
        }

        @Override
        public void truncate(long size) throws IOException {
            disk.truncate(size);
        }

        @Override
        public void force() throws IOException {
            disk.force();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }
}
