package dev.cloudjar.app.style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tree that is being built: its modules, and the Java files that people wrote in them.
record Checkout(Path root) {
    /// Found from the working directory, which is that of a module, by the folder that only the root has.
    static Checkout find() {
        Path start = Path.of("").toAbsolutePath();
        return Stream.iterate(Optional.of(start), Optional::isPresent, at -> at.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(directory -> Files.isDirectory(directory.resolve(".mvn")))
                .findFirst()
                .map(Checkout::new)
                .orElseThrow(() -> new IllegalStateException(start + " is in no checkout of Cloudjar"));
    }

    /// The folders of the modules: those directly in the root and those in `services` and `engines`.
    List<Path> modules() {
        return Stream.of(".", "services", "engines")
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(group -> list(group).stream())
                .map(Path::normalize)
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .toList();
    }

    /// Every hand-written Java file, test code included.
    List<Path> sources() {
        return modules().stream()
                .flatMap(module -> Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
                .filter(Files::isDirectory)
                .flatMap(folder -> javaFiles(folder).stream())
                .toList();
    }

    /// How `file` is called in findings and in the baseline, on every operating system.
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
