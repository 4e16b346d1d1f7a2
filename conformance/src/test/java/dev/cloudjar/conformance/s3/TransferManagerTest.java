package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/// AWS's Transfer Manager for Java, on the SDK's own client: files and folders in parts, up, down and across.
@OnCloud
@Tag("acceptance")
class TransferManagerTest {
    private static final int SIZE = 20 << 20;

    private final S3AsyncClient s3;
    private final S3TransferManager transfers;
    private final String bucket;

    @TempDir
    private Path folder;

    TransferManagerTest(TestCloud cloud, S3AsyncClient s3) {
        this.s3 = s3;
        this.transfers = S3TransferManager.builder().s3Client(s3).build();
        this.bucket = "transferred-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket)).join();
    }

    @AfterEach
    void close() {
        transfers.close();
    }

    private Path file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        Files.createDirectories(folder.resolve("up/a"));
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void aFileGoesUpInPartsIsCopiedAndComesDownAsItWas() throws IOException {
        Path up = file("original", SIZE);
        Path down = folder.resolve("down");

        transfers
                .uploadFile(u ->
                        u.putObjectRequest(p -> p.bucket(bucket).key("file")).source(up))
                .completionFuture()
                .join();
        transfers
                .copy(c -> c.copyObjectRequest(r -> r.sourceBucket(bucket)
                        .sourceKey("file")
                        .destinationBucket(bucket)
                        .destinationKey("copy")))
                .completionFuture()
                .join();
        transfers
                .downloadFile(d ->
                        d.getObjectRequest(g -> g.bucket(bucket).key("copy")).destination(down))
                .completionFuture()
                .join();

        HeadObjectResponse head =
                s3.headObject(h -> h.bucket(bucket).key("file")).join();
        assertThat(head.eTag()).matches("\"[0-9a-f]{32}-[23]\"");
        assertThat(down).hasSameBinaryContentAs(up);
    }

    @Test
    void aFolderGoesUpAndComesDown() throws IOException {
        Path up = folder.resolve("up");
        file("up/a/one", 10);
        file("up/two words", 100);
        Path down = folder.resolve("down");

        var uploaded = transfers
                .uploadDirectory(u -> u.bucket(bucket).s3Prefix("tree").source(up))
                .completionFuture()
                .join();
        var downloaded = transfers
                .downloadDirectory(d -> d.bucket(bucket)
                        .listObjectsV2RequestTransformer(l -> l.prefix("tree/"))
                        .destination(down))
                .completionFuture()
                .join();

        assertThat(uploaded.failedTransfers()).isEmpty();
        assertThat(downloaded.failedTransfers()).isEmpty();
        assertThat(down.resolve("a/one")).hasSameBinaryContentAs(up.resolve("a/one"));
        assertThat(down.resolve("two words")).hasSameBinaryContentAs(up.resolve("two words"));
    }

    @Test
    void aPausedUploadGoesOnWhereItWas() throws IOException {
        Path up = file("large", 2 * SIZE);
        var upload = transfers.uploadFile(
                u -> u.putObjectRequest(p -> p.bucket(bucket).key("paused")).source(up));
        transfers.resumeUploadFile(upload.pause()).completionFuture().join();

        assertThat(s3.headObject(h -> h.bucket(bucket).key("paused")).join().contentLength())
                .isEqualTo(2L * SIZE);
    }
}
