package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.stream.Stream;

/// A directory on the disk.
record DiskFolder(Path directory) implements Folder {
    @Override
    public Collection<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(directory))) {
            return files.map(file -> directory.relativize(file).toString()).toList();
        }
    }

    @Override
    public Disk open(String name) throws IOException {
        return new DiskFile(path(name), "rw");
    }

    @Override
    public Disk read(String name) throws IOException {
        return new DiskFile(path(name), "r");
    }

    @Override
    public void move(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    @Override
    public Path path(String name) {
        return directory.resolve(name);
    }
}
