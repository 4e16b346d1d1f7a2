package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/// Uploads in parts, by hand and by the transfer manager.
@OnCloud
@Tag("acceptance")
class MultipartTest {
    private static final int PART = 5 << 20;

    private final S3Client s3;
    private final S3AsyncClient async;
    private final String bucket;

    MultipartTest(TestCloud cloud, S3Client s3, S3AsyncClient async) {
        this.s3 = s3;
        this.async = async;
        this.bucket = "parts-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
    }

    private String begin(String key) {
        return s3.createMultipartUpload(c -> c.bucket(bucket).key(key)).uploadId();
    }

    private CompletedPart part(String key, String upload, int number, byte[] content) {
        var out = s3.uploadPart(
                p -> p.bucket(bucket).key(key).uploadId(upload).partNumber(number), RequestBody.fromBytes(content));
        return CompletedPart.builder().partNumber(number).eTag(out.eTag()).build();
    }

    private void complete(String key, String upload, CompletedPart... parts) {
        s3.completeMultipartUpload(
                c -> c.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }

    @Test
    void partsBecomeOneObject() {
        String upload = begin("whole");
        var one = part("whole", upload, 1, new byte[PART]);
        var two = part("whole", upload, 2, new byte[] {1, 2, 3});
        assertThat(s3.listParts(l -> l.bucket(bucket).key("whole").uploadId(upload))
                        .parts())
                .hasSize(2);
        assertThat(s3.listMultipartUploads(l -> l.bucket(bucket)).uploads())
                .anyMatch(u -> u.uploadId().equals(upload));
        complete("whole", upload, one, two);

        assertThat(s3.headObject(h -> h.bucket(bucket).key("whole")).contentLength())
                .isEqualTo(PART + 3);
        assertThat(s3.getObjectAsBytes(g -> g.bucket(bucket).key("whole").partNumber(2))
                        .asByteArray())
                .containsExactly(1, 2, 3);
        complete("whole", upload, one, two);
    }

    @Test
    void whatIsNotThereTooSmallOrOutOfOrderIsRefused() {
        String upload = begin("refused");
        var one = part("refused", upload, 1, new byte[100]);
        var two = part("refused", upload, 2, new byte[100]);

        assertThatThrownBy(() -> complete("refused", upload, one, two))
                .hasMessageContaining("Your proposed upload is smaller than the minimum allowed size");
        assertThatThrownBy(() -> complete("refused", upload, two, one))
                .hasMessageContaining("The list of parts was not in ascending order");
        assertThatThrownBy(() -> complete(
                        "refused", upload, one.toBuilder().eTag("\"other\"").build()))
                .hasMessageContaining("One or more of the specified parts could not be found");
        complete("refused", upload, one);
    }

    @Test
    void anUploadGivenUpIsGone() {
        String upload = begin("gone");
        part("gone", upload, 1, new byte[10]);
        s3.abortMultipartUpload(a -> a.bucket(bucket).key("gone").uploadId(upload));

        assertThatThrownBy(() -> part("gone", upload, 2, new byte[10])).isInstanceOf(NoSuchUploadException.class);
    }

    @Test
    void partsAreCopiedFromObjects() {
        s3.putObject(p -> p.bucket(bucket).key("source"), RequestBody.fromString("0123456789"));
        String upload = begin("pieced");
        var copied = s3.uploadPartCopy(c -> c.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("pieced")
                .uploadId(upload)
                .partNumber(1)
                .copySourceRange("bytes=2-5"));
        complete(
                "pieced",
                upload,
                CompletedPart.builder()
                        .partNumber(1)
                        .eTag(copied.copyPartResult().eTag())
                        .build());

        assertThat(s3.getObjectAsBytes(g -> g.bucket(bucket).key("pieced")).asUtf8String())
                .isEqualTo("2345");
    }

    @Test
    void compositeChecksumsAreToldWithTheirParts() {
        String upload = s3.createMultipartUpload(
                        c -> c.bucket(bucket).key("summed").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        var out = s3.uploadPart(
                p -> p.bucket(bucket)
                        .key("summed")
                        .uploadId(upload)
                        .partNumber(1)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromString("hello"));
        s3.completeMultipartUpload(c -> c.bucket(bucket)
                .key("summed")
                .uploadId(upload)
                .multipartUpload(m -> m.parts(List.of(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(out.eTag())
                        .checksumSHA256(out.checksumSHA256())
                        .build()))));

        var head = s3.headObject(h -> h.bucket(bucket).key("summed").checksumMode("ENABLED"));
        assertThat(head.checksumTypeAsString()).isEqualTo("COMPOSITE");
        assertThat(head.checksumSHA256()).endsWith("-1");
    }

    @Test
    void theTransferManagerCarriesFilesBothWays(@TempDir Path folder) throws IOException {
        byte[] content = new byte[17 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("up"), content);
        try (var transfers = S3TransferManager.builder().s3Client(async).build()) {
            transfers
                    .uploadFile(u -> u.source(file)
                            .putObjectRequest(p -> p.bucket(bucket).key("large")))
                    .completionFuture()
                    .join();
            transfers
                    .downloadFile(d -> d.destination(folder.resolve("down"))
                            .getObjectRequest(g -> g.bucket(bucket).key("large")))
                    .completionFuture()
                    .join();
        }

        assertThat(Files.mismatch(file, folder.resolve("down"))).isEqualTo(-1);
    }
}
