package dev.cloudjar.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// A container image in the OCI layout, one folder: `podman load` and `skopeo copy oci:…` read it.
final class Image {
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /// A file named by its digest; `plain` is that of what is compressed in it.
    private record Kept(String type, String digest, long size, String plain) {
        String json() {
            return "{\"mediaType\":\"" + type + "\",\"digest\":\"sha256:" + digest + "\",\"size\":" + size + "}";
        }
    }

    private final Path folder;
    private final String architecture;
    private final long seconds;
    private final List<Kept> layers = new ArrayList<>();

    Image(Path folder, String architecture, long seconds) throws IOException {
        this.folder = folder;
        this.architecture = architecture;
        this.seconds = seconds;
        Files.createDirectories(folder.resolve("blobs/sha256"));
    }

    Image layer(Tree files) throws IOException {
        Path file = folder.resolve("layer");
        MessageDigest plain = sha256();
        MessageDigest packed = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), packed);
                OutputStream tar = new DigestOutputStream(new GZIPOutputStream(out, 1 << 16), plain)) {
            Tar.write(files, "", seconds, tar);
        }
        String digest = hex(packed);
        layers.add(new Kept(LAYER, digest, Files.size(file), hex(plain)));
        Files.move(file, blob(digest));
        return this;
    }

    /// Ends the image; `settings` are the members of the configuration of its containers, as JSON.
    void finish(String name, String settings) throws IOException {
        Kept config = keep(CONFIG, """
                {"created":"%s","architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}
                """.formatted(
                Instant.ofEpochSecond(seconds),
                architecture,
                settings.strip(),
                layers.stream().map(layer -> "\"sha256:" + layer.plain() + "\"").collect(Collectors.joining(","))));
        Kept manifest = keep(MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}
                """.formatted(
                        MANIFEST, config.json(), layers.stream().map(Kept::json).collect(Collectors.joining(","))));
        String described = manifest.json()
                .replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}}");
        Files.writeString(folder.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[%s]}
                """.formatted(described));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}\n");
    }

    private Kept keep(String type, String json) throws IOException {
        byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(sha256().digest(bytes));
        Files.write(blob(digest), bytes);
        return new Kept(type, digest, bytes.length, digest);
    }

    private Path blob(String digest) {
        return folder.resolve("blobs/sha256").resolve(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
