package dev.cloudjar.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The file system below a container: Debian packages that apt fetches, with what they depend on, and nothing
/// that this machine has installed.
final class DebianRoot {
    /// What the launcher, people's own scripts and their health checks call.
    private static final List<String> PACKAGES = List.of("bash", "coreutils", "curl", "sed");

    private final Path work;

    DebianRoot(Path work) {
        this.work = work;
    }

    /// Whether this machine can fetch Debian packages.
    static boolean isPossible() {
        return Files.isExecutable(Path.of("/usr/bin/apt-get")) && Files.isExecutable(Path.of("/usr/bin/dpkg-deb"));
    }

    Tree tree() throws IOException, InterruptedException {
        Path root = work.resolve("root");
        Files.createDirectories(root.resolve("usr/bin"));
        // Debian keeps these in /usr, where packages that still say /bin have to land.
        for (String merged : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createDirectories(root.resolve("usr").resolve(merged));
            Files.createSymbolicLink(root.resolve(merged), Path.of("usr").resolve(merged));
        }
        for (Path each : fetched()) {
            run(List.of(
                    "sh",
                    "-c",
                    "dpkg-deb --fsys-tarfile \"$1\" | tar -x --keep-directory-symlink -C \"$2\"",
                    "sh",
                    each.toString(),
                    root.toString()));
        }
        return new Tree()
                .all("", root)
                .folder("tmp", 01777)
                .link("usr/bin/sh", "bash")
                .text("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/bin/false\n")
                .text("etc/group", "root:x:0:\nnogroup:x:65534:\n");
    }

    private List<Path> fetched() throws IOException, InterruptedException {
        Path status = Files.writeString(work.resolve("status"), "");
        Path cache = Files.createDirectories(work.resolve("apt"));
        Files.createDirectories(cache.resolve("archives/partial"));
        var command = new ArrayList<>(List.of(
                "apt-get",
                "--yes",
                "--quiet=2",
                "--download-only",
                "--no-install-recommends",
                "-o",
                "Dir::State::status=" + status,
                "-o",
                "Dir::Cache=" + cache,
                "-o",
                "Debug::NoLocking=1",
                "-o",
                "APT::Sandbox::User=",
                "install"));
        command.addAll(PACKAGES);
        run(command);
        try (Stream<Path> files = Files.list(cache.resolve("archives"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }
}
