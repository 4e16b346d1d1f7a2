package dev.cloudjar.conformance.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.kernel.Blobs;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Two nodes that share a database and nothing else keep their objects in a bucket of another store, which is a
/// strict cloud of our own here: it refuses what is not signed as AWS wants it.
class BlobsElsewhereTest {
    private static final String ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
    private static final String BUCKET = "kept-elsewhere";

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <C extends AutoCloseable> C opened(C what) {
        open.add(what);
        return what;
    }

    private Cloud start(Map<String, String> environment, String... options) throws IOException {
        var all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(List.of(options));
        return opened(Cloud.start(all, environment, line -> {}, failures::add));
    }

    private S3Client s3(Cloud cloud) {
        return opened(S3Client.builder()
                .endpointOverride(URI.create("http://localhost:" + cloud.port()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
                .build());
    }

    private Cloud node(EmbeddedPostgres database, Path data, String blobs) throws IOException {
        return start(
                Map.of(),
                "--store",
                database.getJdbcUrl("postgres", "postgres"),
                "--data",
                "" + data,
                "--blobs",
                blobs);
    }

    @Test
    void anObjectThatOneNodeTookIsReadFromTheOtherWholeAndInPart(@TempDir Path folder) throws IOException {
        Cloud elsewhere = start(
                Map.of("CLOUDJAR_ROOT_ACCESS_KEY_ID", ID, "CLOUDJAR_ROOT_SECRET_ACCESS_KEY", SECRET),
                "--memory",
                "--strict");
        S3Client store = s3(elsewhere);
        store.createBucket(b -> b.bucket(BUCKET));
        String url = "http://" + ID + ':' + SECRET + "@localhost:" + elsewhere.port() + '/' + BUCKET + "/cloud";
        EmbeddedPostgres database = opened(EmbeddedPostgres.builder().start());
        Cloud one = node(database, folder.resolve("one"), url);
        Cloud other = node(database, folder.resolve("other"), url);
        byte[] bytes = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(bytes);
        s3(one).createBucket(b -> b.bucket("ours"));
        s3(one).putObject(p -> p.bucket("ours").key("large"), RequestBody.fromBytes(bytes));

        S3Client reader = s3(other);
        assertThat(reader.getObjectAsBytes(g -> g.bucket("ours").key("large")).asByteArray())
                .isEqualTo(bytes);
        assertThat(reader.getObjectAsBytes(g -> g.bucket("ours").key("large").range("bytes=70000-70009"))
                        .asByteArray())
                .containsExactly(Arrays.copyOfRange(bytes, 70_000, 70_010));
        assertThat(store.listObjectsV2(l -> l.bucket(BUCKET)).contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).matches("cloud/[0-9a-f]{2}/[0-9a-f]{64}"));
        List<Blobs.Ref> damaged = new ArrayList<>();
        other.world().verifyBlobs(damaged::add);
        assertThat(damaged).isEmpty();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toString().contains("blobs")))
                    .isEmpty();
        }
        assertThat(failures).isEmpty();
        one.world().reset();
        assertThat(store.listObjectsV2(l -> l.bucket(BUCKET)).contents()).isEmpty();
    }

    /// One edit away from a store that takes objects: a bucket that it does not have.
    @Test
    void whatTheStoreRefusesIsNotTaken(@TempDir Path folder) throws IOException {
        Cloud elsewhere = start(Map.of(), "--memory");
        EmbeddedPostgres database = opened(EmbeddedPostgres.builder().start());
        Cloud node = node(database, folder, "http://test:test@localhost:" + elsewhere.port() + "/no-such-bucket");
        S3Client s3 = s3(node);
        s3.createBucket(b -> b.bucket("ours"));

        assertThatThrownBy(() ->
                        s3.putObject(p -> p.bucket("ours").key("large"), RequestBody.fromBytes(new byte[1 << 20])))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(500));
        assertThat(s3.listObjectsV2(l -> l.bucket("ours")).contents()).isEmpty();
        assertThat(failures).isNotEmpty();
    }
}
