package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.GlacierJobParameters;
import dev.cloudjar.api.S3.HeadObjectOutput;
import dev.cloudjar.api.S3.HeadObjectRequest;
import dev.cloudjar.api.S3.RestoreObjectOutput;
import dev.cloudjar.api.S3.RestoreObjectRequest;
import dev.cloudjar.api.S3.RestoreRequest;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Archived objects are restored at once, or in the time that it takes on AWS.
class ArchiveTest {
    private static void archive(S3UnderTest s3) {
        s3.createBucket("bucket");
        s3.call(S3UnderTest.putting("bucket", "key", "ice").storageClass("GLACIER"));
    }

    private static RestoreObjectRequest restoring(int days, String tier) {
        return new RestoreObjectRequest()
                .bucket("bucket")
                .key("key")
                .restoreRequest(
                        new RestoreRequest().days(days).glacierJobParameters(new GlacierJobParameters().tier(tier)));
    }

    private static Optional<Integer> status(S3UnderTest s3, RestoreObjectRequest in) {
        RestoreObjectOutput out = s3.call(in);
        return out.status();
    }

    private static Optional<String> restore(S3UnderTest s3) {
        HeadObjectOutput head = s3.call(new HeadObjectRequest().bucket("bucket").key("key"));
        return head.restore();
    }

    private static String refused(S3UnderTest s3, Struct in) {
        return s3.refusal(in).code().code();
    }

    @Test
    void aSecondRestoreChangesHowLongTheCopyStays() {
        try (var s3 = new S3UnderTest()) {
            archive(s3);
            assertThat(status(s3, restoring(1, "Standard"))).contains(202);
            assertThat(restore(s3))
                    .contains("ongoing-request=\"false\", expiry-date=\"Mon, 12 Jan 2026 00:00:00 GMT\"");
            assertThat(status(s3, restoring(3, "Standard"))).contains(200);
            assertThat(restore(s3))
                    .contains("ongoing-request=\"false\", expiry-date=\"Wed, 14 Jan 2026 00:00:00 GMT\"");
            s3.pass(Duration.ofDays(4));
            assertThat(restore(s3)).isEmpty();
            assertThat(status(s3, restoring(1, "Standard"))).contains(202);
        }
    }

    @Test
    void aPatientCloudTakesItsTimeAndMoreForBulk() {
        try (var s3 = S3UnderTest.patient()) {
            archive(s3);
            var reading = new GetObjectRequest().bucket("bucket").key("key");
            assertThat(status(s3, restoring(1, "Bulk"))).contains(202);
            assertThat(restore(s3)).contains("ongoing-request=\"true\"");
            assertThat(refused(s3, reading)).isEqualTo("InvalidObjectState");
            assertThat(refused(s3, restoring(1, "Bulk"))).isEqualTo("RestoreAlreadyInProgress");
            assertThat(status(s3, restoring(1, "Standard"))).contains(202);

            s3.pass(Duration.ofHours(5));
            assertThat(S3UnderTest.read(s3.call(reading))).isEqualTo("ice");
        }
    }
}
