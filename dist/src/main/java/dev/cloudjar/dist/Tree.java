package dev.cloudjar.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files to be packed, by their paths: who owns them and when they were made is the same for all.
final class Tree {
    /// One of them; a folder or a link has no bytes.
    sealed interface Node {
        int mode();

        record Folder(int mode) implements Node {}

        record Link(String target) implements Node {
            @Override
            public int mode() {
                return 0777;
            }
        }

        record Contents(Path file, int mode) implements Node {}

        record Text(byte[] bytes, int mode) implements Node {}
    }

    private static final int PLAIN = 0644;
    private static final int PROGRAM = 0755;

    private final SortedMap<String, Node> nodes = new TreeMap<>();

    SortedMap<String, Node> nodes() {
        return nodes;
    }

    Tree folder(String path) {
        nodes.putIfAbsent(path, new Node.Folder(PROGRAM));
        return this;
    }

    Tree folder(String path, int mode) {
        parents(path);
        nodes.put(path, new Node.Folder(mode));
        return this;
    }

    Tree text(String path, String text) {
        return put(path, new Node.Text(text.getBytes(StandardCharsets.UTF_8), PLAIN));
    }

    Tree program(String path, String text) {
        return put(path, new Node.Text(text.getBytes(StandardCharsets.UTF_8), PROGRAM));
    }

    Tree file(String path, Path file) {
        return put(path, new Node.Contents(file, Files.isExecutable(file) ? PROGRAM : PLAIN));
    }

    Tree link(String path, String target) {
        return put(path, new Node.Link(target));
    }

    /// All that is in `directory`, below `path`.
    Tree all(String path, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(each -> !each.equals(directory)).toList()) {
                add(path + directory.relativize(file), file);
            }
        }
        return this;
    }

    private void add(String path, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            link(path, Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            parents(path);
            folder(path);
        } else {
            file(path, file);
        }
    }

    private Tree put(String path, Node node) {
        parents(path);
        nodes.put(path, node);
        return this;
    }

    private void parents(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            folder(path.substring(0, slash));
        }
    }

    /// The same files below `path`.
    Tree under(String path) {
        var moved = new Tree();
        nodes.forEach((name, node) -> moved.put(path + "/" + name, node));
        return moved;
    }

    /// Writes the files to `directory`, which is not there yet.
    void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var entry : nodes.entrySet()) {
            Path path = directory.resolve(entry.getKey());
            switch (entry.getValue()) {
                case Node.Folder _ -> Files.createDirectories(path);
                case Node.Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
                case Node.Contents contents -> Files.copy(contents.file(), path);
                case Node.Text text -> Files.write(path, text.bytes());
            }
            if (!(entry.getValue() instanceof Node.Link)
                    && !path.toFile().setExecutable((entry.getValue().mode() & 0111) != 0, false)) {
                throw new IOException("cannot set the mode of " + path);
            }
        }
    }
}
