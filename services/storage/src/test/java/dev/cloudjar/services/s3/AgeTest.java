package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.AbortIncompleteMultipartUpload;
import dev.cloudjar.api.S3.BucketLifecycleConfiguration;
import dev.cloudjar.api.S3.CreateMultipartUploadRequest;
import dev.cloudjar.api.S3.HeadObjectOutput;
import dev.cloudjar.api.S3.HeadObjectRequest;
import dev.cloudjar.api.S3.LifecycleExpiration;
import dev.cloudjar.api.S3.LifecycleRule;
import dev.cloudjar.api.S3.LifecycleRuleFilter;
import dev.cloudjar.api.S3.ListMultipartUploadsOutput;
import dev.cloudjar.api.S3.ListMultipartUploadsRequest;
import dev.cloudjar.api.S3.ListObjectVersionsOutput;
import dev.cloudjar.api.S3.ListObjectVersionsRequest;
import dev.cloudjar.api.S3.NoncurrentVersionExpiration;
import dev.cloudjar.api.S3.PutBucketLifecycleConfigurationRequest;
import dev.cloudjar.api.S3.Transition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lifecycle rules are carried out at midnight, by the world's clock.
class AgeTest {
    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private static LifecycleRule rule(String prefix) {
        return new LifecycleRule().status("Enabled").filter(new LifecycleRuleFilter().prefix(prefix));
    }

    private static PutBucketLifecycleConfigurationRequest putting(LifecycleRule rule) {
        return new PutBucketLifecycleConfigurationRequest()
                .bucket("bucket")
                .lifecycleConfiguration(new BucketLifecycleConfiguration().rules(List.of(rule)));
    }

    @Test
    void anObjectExpiresAtTheMidnightAfterItsDays() {
        s3.call(putting(rule("logs/").id("r").expiration(new LifecycleExpiration().days(3))));
        s3.put("bucket", "logs/1", "x");
        s3.put("bucket", "kept", "x");
        HeadObjectOutput head = s3.call(new HeadObjectRequest().bucket("bucket").key("logs/1"));

        assertThat(head.expiration()).contains("expiry-date=\"Wed, 14 Jan 2026 00:00:00 GMT\", rule-id=\"r\"");
        s3.pass(Duration.ofHours(83));
        assertThat(s3.keys("bucket")).containsExactly("kept", "logs/1");
        s3.pass(Duration.ofHours(1));
        assertThat(s3.keys("bucket")).containsExactly("kept");
    }

    @Test
    void oldVersionsAndLonelyMarkersGo() {
        s3.version("bucket", "Enabled");
        s3.call(putting(rule("").expiration(new LifecycleExpiration().expiredObjectDeleteMarker(true))
                .noncurrentVersionExpiration(new NoncurrentVersionExpiration().noncurrentDays(2))));
        s3.put("bucket", "key", "old");
        s3.delete("bucket", "key");

        s3.pass(Duration.ofDays(2));
        assertThat(versions()).isEqualTo(2);
        s3.pass(Duration.ofDays(3));
        assertThat(versions()).isZero();
    }

    private int versions() {
        ListObjectVersionsOutput all = s3.call(new ListObjectVersionsRequest().bucket("bucket"));
        return all.versions().size() + all.deleteMarkers().size();
    }

    @Test
    void objectsMoveToColderClasses() {
        s3.call(putting(rule("").transitions(List.of(new Transition().days(30).storageClass("GLACIER")))));
        s3.put("bucket", "key", "x");
        s3.pass(Duration.ofDays(32));
        HeadObjectOutput head = s3.call(new HeadObjectRequest().bucket("bucket").key("key"));

        assertThat(head.storageClass()).contains("GLACIER");
        assertThat(s3.refusal(new dev.cloudjar.api.S3.GetObjectRequest()
                                .bucket("bucket")
                                .key("key"))
                        .code()
                        .code())
                .isEqualTo("InvalidObjectState");
    }

    @Test
    void uploadsThatAreNotCompletedAreGivenUp() {
        s3.call(putting(
                rule("").abortIncompleteMultipartUpload(new AbortIncompleteMultipartUpload().daysAfterInitiation(1))));
        s3.call(new CreateMultipartUploadRequest().bucket("bucket").key("key"));

        assertThat(uploads()).isEqualTo(1);
        s3.pass(Duration.ofDays(2));
        assertThat(uploads()).isZero();
    }

    private int uploads() {
        ListMultipartUploadsOutput all = s3.call(new ListMultipartUploadsRequest().bucket("bucket"));
        return all.uploads().size();
    }

    @Test
    void aRuleThatSaysNothingOrTooMuchIsRefused() {
        s3.call(putting(rule("").expiration(new LifecycleExpiration().days(1))));

        assertThat(s3.refusal(putting(rule(""))).message())
                .isEqualTo("At least one action needs to be specified in a rule");
        assertThat(s3.refusal(putting(rule("").expiration(new LifecycleExpiration().days(0))))
                        .message())
                .isEqualTo("'Days' for Expiration action must be a positive integer");
        assertThat(s3.refusal(putting(rule("").prefix("").expiration(new LifecycleExpiration().days(1))))
                        .code()
                        .code())
                .isEqualTo("MalformedXML");
    }
}
