package dev.cloudjar.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The release as a package of Debian and its kin: below `/usr/lib/cloudjar`, with the program on the path.
final class DebianPackage {
    private final Tree release;
    private final String version;
    private final String architecture;
    private final long seconds;

    DebianPackage(Tree release, String version, String architecture, long seconds) {
        this.release = release;
        this.version = version;
        this.architecture = architecture;
        this.seconds = seconds;
    }

    void writeTo(Path file) throws IOException {
        Tree files = release.under("usr/lib/cloudjar");
        files.link("usr/bin/cloudjar", "../lib/cloudjar/bin/cloudjar");
        files.link("usr/share/doc/cloudjar/copyright", "../../../lib/cloudjar/LICENSES.md");
        Path data = file.resolveSibling("data.tar.gz");
        Tar.gzip(files, "./", seconds, data);
        byte[] control = Tar.gzip(new Tree().text("control", control(files)), "./", seconds);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
            member(out, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(out, "control.tar.gz", control);
            header(out, "data.tar.gz", Files.size(data));
            pad(out, Files.copy(data, out));
        }
        Files.delete(data);
    }

    private String control(Tree files) throws IOException {
        long bytes = 0;
        for (Tree.Node node : files.nodes().values()) {
            bytes += node instanceof Tree.Node.Contents contents ? Files.size(contents.file()) : 0;
        }
        return """
                Package: cloudjar
                Version: %s
                Architecture: %s
                Maintainer: The authors of Cloudjar <cloudjar@localhost>
                Installed-Size: %d
                Depends: bash, coreutils, libc6
                Section: devel
                Priority: optional
                Description: the AWS cloud in one JVM
                 Unmodified SDKs, the aws command line, Terraform, CDK and CloudFormation talk
                 to it as to AWS. No account, no token, no Docker.
                """.formatted(version.replace("-SNAPSHOT", "~snapshot"), architecture, bytes / 1024);
    }

    private void member(OutputStream out, String name, byte[] bytes) throws IOException {
        header(out, name, bytes.length);
        out.write(bytes);
        pad(out, bytes.length);
    }

    private void header(OutputStream out, String name, long size) throws IOException {
        String header =
                String.format(Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, seconds, 0, 0, "100644", size);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
    }

    private static void pad(OutputStream out, long size) throws IOException {
        if (size % 2 == 1) {
            out.write('\n');
        }
    }
}
