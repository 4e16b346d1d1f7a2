package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.CompleteMultipartUploadRequest;
import dev.cloudjar.api.S3.CompletedMultipartUpload;
import dev.cloudjar.api.S3.CompletedPart;
import dev.cloudjar.api.S3.CreateMultipartUploadOutput;
import dev.cloudjar.api.S3.CreateMultipartUploadRequest;
import dev.cloudjar.api.S3.GetObjectOutput;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.ObjectEncryption;
import dev.cloudjar.api.S3.SSEKMSEncryption;
import dev.cloudjar.api.S3.UpdateObjectEncryptionRequest;
import dev.cloudjar.api.S3.UploadPartOutput;
import dev.cloudjar.api.S3.UploadPartRequest;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An object under another key is the object that it was.
class ResealingTest {
    private static final String KEY = "arn:aws:kms:us-east-1:" + S3UnderTest.ACCOUNT + ":key/0a1b2c3d";

    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private static UpdateObjectEncryptionRequest sealing(String key) {
        return new UpdateObjectEncryptionRequest()
                .bucket("bucket")
                .key("key")
                .objectEncryption(new ObjectEncryption()
                        .ssekms(new SSEKMSEncryption().kmsKeyArn(key).bucketKeyEnabled(true)));
    }

    private GetObjectOutput get() {
        return s3.call(new GetObjectRequest().bucket("bucket").key("key"));
    }

    private void assertResealed(String content) {
        GetObjectOutput before = get();
        s3.pass(Duration.ofDays(1));
        s3.call(sealing(KEY));

        GetObjectOutput after = get();
        assertThat(S3UnderTest.read(after)).isEqualTo(content);
        assertThat(after.serverSideEncryption()).contains("aws:kms");
        assertThat(after.ssekmsKeyId()).contains(KEY);
        assertThat(after.bucketKeyEnabled()).contains(true);
        assertThat(after.eTag()).isEqualTo(before.eTag());
        assertThat(after.lastModified()).isEqualTo(before.lastModified());
        s3.call(sealing(KEY + "4"));
        assertThat(S3UnderTest.read(get())).isEqualTo(content);
    }

    @Test
    void aSmallObjectGetsAKeyAndThenAnother() {
        s3.put("bucket", "key", "content");
        assertResealed("content");
    }

    @Test
    void soDoesALargeOne() {
        String content = "0123456789".repeat(20_000);
        s3.put("bucket", "key", content);
        assertResealed(content);
    }

    @Test
    void soDoesOneInParts() {
        CreateMultipartUploadOutput begun =
                s3.call(new CreateMultipartUploadRequest().bucket("bucket").key("key"));
        String id = begun.uploadId().orElseThrow();
        UploadPartOutput part = s3.call(new UploadPartRequest()
                .bucket("bucket")
                .key("key")
                .uploadId(id)
                .partNumber(1)
                .body(Body.of(Blob.of("part"))));
        s3.call(new CompleteMultipartUploadRequest()
                .bucket("bucket")
                .key("key")
                .uploadId(id)
                .multipartUpload(new CompletedMultipartUpload()
                        .parts(List.of(new CompletedPart().partNumber(1).eTag(part.eTag())))));
        assertResealed("part");
    }
}
