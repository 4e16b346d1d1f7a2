package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A directory that knows at each moment how many bytes are in it, and how many there have been at most. It
/// waits for no disk.
final class WeighedFolder implements Folder {
    private final Folder folder;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private final AtomicLong most = new AtomicLong();

    WeighedFolder(Folder folder) {
        this.folder = folder;
    }

    /// The most that there was at one time since this was last asked.
    long most() {
        return most.getAndSet(0);
    }

    private void weigh(String name, Disk disk) throws IOException {
        sizes.put(name, disk.size());
        long sum = sizes.values().stream().mapToLong(Long::longValue).sum();
        most.accumulateAndGet(sum, Math::max);
    }

    @Override
    public Collection<String> names() throws IOException {
        return folder.names();
    }

    @Override
    public Disk open(String name) throws IOException {
        return new Weighed(name, folder.open(name));
    }

    @Override
    public Disk read(String name) throws IOException {
        return folder.read(name);
    }

    @Override
    public void move(String from, String to) throws IOException {
        folder.move(from, to);
        Long size = sizes.remove(from);
        sizes.put(to, size == null ? 0 : size);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.delete(name);
        sizes.remove(name);
    }

    @Override
    public void force() throws IOException {
        assertThat(sizes).isNotNull();
    }

    @Override
    public Path path(String name) {
        return folder.path(name);
    }

    /// A file whose every change of size is noted.
    private final class Weighed implements Disk {
        private final String name;
        private final Disk disk;

        Weighed(String name, Disk disk) {
            this.name = name;
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
            int written = disk.write(from, at);
            weigh(name, disk);
            return written;
        }

        @Override
        public void truncate(long size) throws IOException {
            disk.truncate(size);
            weigh(name, disk);
        }

        @Override
        public void force() throws IOException {
            assertThat(sizes).containsKey(name);
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }
}
