package dev.cloudjar.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The formats of releases, read back by the programs that they are for.
class PackingTest {
    private static final long AT = 1_800_000_000;
    private static final String LONG = "deep/".repeat(30) + "file";

    @TempDir
    private Path folder;

    private Tree tree() throws IOException {
        Path file = Files.writeString(folder.resolve("some file"), "contents");
        return new Tree()
                .file("plain", file)
                .program("bin/run", "#!/bin/sh\necho ran\n")
                .link("bin/link", "run")
                .text(LONG, "far")
                .folder("tmp", 01777);
    }

    @Test
    void tarReadsWhatWasPacked() throws IOException, InterruptedException {
        Path file = folder.resolve("all.tar.gz");
        Tar.gzip(tree(), "top/", AT, file);

        assertThat(run("tar", "--utc", "-tvzf", file.toString()))
                .contains("-rwxr-xr-x root/root        19 2027-01-15 08:00 top/bin/run")
                .contains("lrwxrwxrwx root/root         0 2027-01-15 08:00 top/bin/link -> run")
                .contains("drwxrwxrwt root/root         0 2027-01-15 08:00 top/tmp/")
                .contains(" top/" + LONG + "\n");
        assertThat(run("tar", "-xzOf", file.toString(), "top/plain", "top/" + LONG))
                .contains("contents", "far");
    }

    @Test
    void aDirectoryHasWhatWasPacked() throws IOException, InterruptedException {
        tree().writeTo(folder.resolve("out"));

        assertThat(run(folder.resolve("out/bin/link").toString())).isEqualTo("ran\n");
        assertThat(folder.resolve("out/plain")).hasContent("contents");
        assertThat(Files.isExecutable(folder.resolve("out/plain"))).isFalse();
    }

    @Test
    void dpkgReadsThePackage() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "NOT RUN: dpkg-deb is not on this machine");
        Path file = folder.resolve("it.deb");
        new DebianPackage(tree(), "1.2-SNAPSHOT", "amd64", AT).writeTo(file);

        assertThat(run("dpkg-deb", "-f", file.toString(), "Package", "Version"))
                .isEqualTo("Package: cloudjar\nVersion: 1.2~snapshot\n");
        assertThat(run("dpkg-deb", "-c", file.toString()))
                .contains("./usr/bin/cloudjar -> ../lib/cloudjar/bin/cloudjar")
                .contains("./usr/lib/cloudjar/bin/run");
    }

    @Test
    void anImageNamesEverythingByItsDigest() throws IOException, InterruptedException, NoSuchAlgorithmException {
        Path image = folder.resolve("image");
        new Image(image, "amd64", AT).layer(tree()).finish("1.2", "{\"Entrypoint\":[\"/bin/run\"]}");

        JsonNode manifest =
                blob(image, read(image.resolve("index.json")).path("manifests").path(0));
        JsonNode config = blob(image, manifest.path("config"));
        Path layer = image.resolve("blobs/sha256")
                .resolve(digest(manifest.path("layers").path(0)));

        assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/bin/run");
        assertThat(config.path("created").asText()).isEqualTo("2027-01-15T08:00:00Z");
        assertThat(run("tar", "-tzf", layer.toString())).contains("bin/run\n");
        assertThat(run("sh", "-c", "gunzip -c " + layer + " | sha256sum"))
                .startsWith(config.at("/rootfs/diff_ids/0").asText().substring("sha256:".length()));
    }

    private static JsonNode blob(Path image, JsonNode described) throws IOException, NoSuchAlgorithmException {
        Path file = image.resolve("blobs/sha256").resolve(digest(described));
        byte[] bytes = Files.readAllBytes(file);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(digest(described));
        assertThat(bytes).hasSize(described.path("size").asInt());
        return read(file);
    }

    private static String digest(JsonNode described) {
        return described.path("digest").asText().substring("sha256:".length());
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
