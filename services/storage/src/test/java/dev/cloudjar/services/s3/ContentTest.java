package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.CompleteMultipartUploadOutput;
import dev.cloudjar.api.S3.CompleteMultipartUploadRequest;
import dev.cloudjar.api.S3.CompletedMultipartUpload;
import dev.cloudjar.api.S3.CompletedPart;
import dev.cloudjar.api.S3.CopyObjectRequest;
import dev.cloudjar.api.S3.CreateMultipartUploadOutput;
import dev.cloudjar.api.S3.CreateMultipartUploadRequest;
import dev.cloudjar.api.S3.GetObjectOutput;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3.UploadPartOutput;
import dev.cloudjar.api.S3.UploadPartRequest;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What was written is read back, whole and from any byte to any other, however it is kept: in its row, in a
/// blob, in parts, encrypted or not.
class ContentTest {
    private static final int PART = 5 << 20;

    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
    }

    @AfterEach
    void close() {
        s3.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] get(String range) {
        GetObjectOutput out =
                s3.call(new GetObjectRequest().bucket("bucket").key("key").range(range));
        return S3UnderTest.bytes(out);
    }

    private void checkRanges(SplittableRandom random, byte[] content) {
        assertThat(get("")).isEqualTo(content);
        for (int i = 0; i < 5 && content.length > 0; i++) {
            int from = random.nextInt(content.length);
            int to = random.nextInt(from, content.length);
            assertThat(get("bytes=" + from + "-" + to)).isEqualTo(Arrays.copyOfRange(content, from, to + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRangeIsReadBack(long seed) {
        var random = new SplittableRandom(seed);
        int[] sizes = {0, 1, 4096, 4097, 65_535, 65_536, 65_537, 131_072, 200_000};
        byte[] content = random(seed, sizes[random.nextInt(sizes.length)]);
        var put = new PutObjectRequest()
                .bucket("bucket")
                .key("key")
                .body(Body.of(OptionalLong.empty(), new ByteArrayInputStream(content)));
        if (random.nextBoolean()) {
            put.serverSideEncryption(random.nextBoolean() ? "AES256" : "aws:kms");
        }
        s3.call(put);

        checkRanges(random, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aws:kms"})
    void partsAreOneObjectInTheOrderOfTheirNumbers(String encryption) {
        var begin = new CreateMultipartUploadRequest().bucket("bucket").key("key");
        if (!encryption.isEmpty()) {
            begin.serverSideEncryption(encryption);
        }
        CreateMultipartUploadOutput upload = s3.call(begin);
        byte[] content = random(1, 2 * PART + 1000);
        List<CompletedPart> parts = new ArrayList<>();
        for (int number : new int[] {3, 1, 2}) {
            byte[] part = Arrays.copyOfRange(content, (number - 1) * PART, Math.min(number * PART, content.length));
            UploadPartOutput out = s3.call(new UploadPartRequest()
                    .bucket("bucket")
                    .key("key")
                    .uploadId(upload.uploadId().orElseThrow())
                    .partNumber(number)
                    .body(Body.of(Blob.of(part))));
            parts.add(new CompletedPart().partNumber(number).eTag(out.eTag()));
        }
        parts.sort(
                (one, other) -> one.partNumber().orElse(0) - other.partNumber().orElse(0));
        CompleteMultipartUploadOutput done = s3.call(new CompleteMultipartUploadRequest()
                .bucket("bucket")
                .key("key")
                .uploadId(upload.uploadId().orElseThrow())
                .multipartUpload(new CompletedMultipartUpload().parts(parts)));

        assertThat(done.eTag().orElse("")).endsWith("-3\"");
        checkRanges(new SplittableRandom(1), content);
        s3.call(new CopyObjectRequest().bucket("bucket").key("copy").copySource("bucket/key"));
        assertThat(S3UnderTest.bytes(
                        s3.call(new GetObjectRequest().bucket("bucket").key("copy"))))
                .isEqualTo(content);
    }

    @Test
    void aChecksumOfPartsIsThatOfTheWhole() {
        s3.call(S3UnderTest.putting("bucket", "whole", "abc"));
        GetObjectOutput whole =
                s3.call(new GetObjectRequest().bucket("bucket").key("whole").checksumMode("ENABLED"));
        CreateMultipartUploadOutput upload =
                s3.call(new CreateMultipartUploadRequest().bucket("bucket").key("key"));
        UploadPartOutput part = s3.call(new UploadPartRequest()
                .bucket("bucket")
                .key("key")
                .uploadId(upload.uploadId().orElseThrow())
                .partNumber(7)
                .body(Body.of(Blob.of("abc"))));
        CompleteMultipartUploadOutput done = s3.call(new CompleteMultipartUploadRequest()
                .bucket("bucket")
                .key("key")
                .uploadId(upload.uploadId().orElseThrow())
                .multipartUpload(new CompletedMultipartUpload()
                        .parts(List.of(new CompletedPart().partNumber(7).eTag(part.eTag())))));

        assertThat(whole.checksumCrc64nvme()).isPresent();
        assertThat(done.checksumCrc64nvme()).isEqualTo(whole.checksumCrc64nvme());
        assertThat(done.checksumType()).contains("FULL_OBJECT");
    }
}
