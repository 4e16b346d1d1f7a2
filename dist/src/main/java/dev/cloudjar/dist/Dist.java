package dev.cloudjar.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./cloudjar dist`: packs the release for the machine's own architecture, as a directory, a `tar.gz`, a
/// `.deb`, and, where Debian packages can be fetched, a container image.
public final class Dist {
    private static final String SETTINGS = """
            {"Entrypoint":["/usr/local/bin/cloudjar-container"],"WorkingDir":"/",\
            "Env":["PATH=/usr/local/bin:/usr/bin:/bin","LANG=C.UTF-8"],\
            "ExposedPorts":{"4566/tcp":{}},"Volumes":{"/var/lib/localstack":{}},\
            "Labels":{"org.opencontainers.image.title":"Cloudjar","org.opencontainers.image.licenses":"Apache-2.0"}}
            """;

    private final Path root;
    private final Path out;
    private final Path work;
    private final String version;
    private final long seconds;

    private Dist(Path root, Path out, Path work, String pom) {
        this.root = root;
        this.out = out;
        this.work = work;
        this.version = said(pom, "version");
        this.seconds = Instant.parse(said(pom, "project.build.outputTimestamp")).getEpochSecond();
    }

    /// The arguments are the folders of the project, of what is packed, and of what is needed for that, both
    /// empty.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        new Dist(root, Path.of(arguments[1]), Path.of(arguments[2]), Files.readString(root.resolve("pom.xml"))).pack();
    }

    private static String said(String pom, String element) {
        Matcher matcher = Pattern.compile("<" + element + ">([^<]+)<").matcher(pom);
        if (!matcher.find()) {
            throw new IllegalStateException("pom.xml has no " + element);
        }
        return matcher.group(1);
    }

    private void pack() throws IOException, InterruptedException {
        String name = "cloudjar-" + version;
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Tree release = new Release(root, work).tree();

        release.writeTo(out.resolve(name));
        Tar.gzip(release.under(name), "", seconds, out.resolve(name + "-linux-" + architecture + ".tar.gz"));
        new DebianPackage(release, version, architecture, seconds)
                .writeTo(out.resolve(name + "_" + architecture + ".deb"));
        if (DebianRoot.isPossible()) {
            Path image = out.resolve(name + "-image");
            new Image(image, architecture, seconds)
                    .layer(new DebianRoot(work).tree())
                    .layer(container(release))
                    .finish(version, SETTINGS);
        } else {
            System.out.println("No image: that takes apt-get and dpkg-deb.");
        }
        System.out.println("Packed in " + out);
    }

    private static Tree container(Tree release) throws IOException {
        return release.under("opt/cloudjar")
                .link("usr/local/bin/cloudjar", "/opt/cloudjar/bin/cloudjar")
                .program("usr/local/bin/cloudjar-container", resource("container.sh"))
                .folder("var/lib/localstack", 0777)
                .folder("etc/localstack/init/boot.d")
                .folder("etc/localstack/init/start.d")
                .folder("etc/localstack/init/ready.d")
                .folder("etc/localstack/init/shutdown.d");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Dist.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
