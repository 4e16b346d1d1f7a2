package dev.cloudjar.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An installation of Java on this machine.
record JavaHome(Path directory, int version) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /// Where installers put them.
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            "C:/Program Files/Eclipse Adoptium",
            "C:/Program Files/Java",
            "C:/Program Files/Zulu",
            "~/.sdkman/candidates/java",
            "~/.gradle/jdks",
            "~/.jdks");

    /// The one that `CLOUDJAR_JAVA` names, or else the first of at least `version` that the launcher would find.
    static JavaHome find(int version) {
        String named = System.getProperty("cloudjar.java", System.getenv("CLOUDJAR_JAVA"));
        Stream<JavaHome> homes = named == null || named.isEmpty() ? all() : at(home(Path.of(named))).stream();
        return homes.filter(home -> home.version() >= version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cloudjar needs Java " + version
                        + " or later to run in a process of its own: run the tests with it, or name its directory in"
                        + " CLOUDJAR_JAVA or -Dcloudjar.java."));
    }

    /// All that are where one would look for them.
    static Stream<JavaHome> all() {
        return places().flatMap(place -> at(place).stream());
    }

    /// What is installed at `place`, if that is a home of Java.
    static Optional<JavaHome> at(Path place) {
        Path release = place.resolve("release");
        if (!Files.isReadable(release) || !Files.exists(program(place))) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find()
                    ? Optional.of(new JavaHome(place, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program() {
        return program(directory);
    }

    private static Path program(Path home) {
        Path windows = home.resolve("bin/java.exe");
        return Files.exists(windows) ? windows : home.resolve("bin/java");
    }

    private static Stream<Path> places() {
        Stream<Path> variable = Stream.ofNullable(System.getenv("JAVA_HOME")).map(Path::of);
        Stream<Path> path = Stream.ofNullable(System.getenv("PATH"))
                .flatMap(list -> Stream.of(list.split(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> home(Path.of(folder, "java")));
        Stream<Path> folders = FOLDERS.stream()
                .map(folder -> Path.of(folder.replace("~", System.getProperty("user.home"))))
                .flatMap(folder -> children(folder).stream())
                .flatMap(child -> Stream.of(child, child.resolve("Contents/Home")));
        return Stream.of(variable, path, folders).flatMap(homes -> homes);
    }

    /// `bin/java` of a home names the home as well, through links.
    private static Path home(Path named) {
        try {
            return Files.isRegularFile(named)
                    ? named.toRealPath().resolve("../..").normalize()
                    : named;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest names first.
    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
