package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.HeadObjectOutput;
import dev.cloudjar.api.S3.HeadObjectRequest;
import dev.cloudjar.api.S3.IntelligentTieringConfiguration;
import dev.cloudjar.api.S3.IntelligentTieringFilter;
import dev.cloudjar.api.S3.PutBucketIntelligentTieringConfigurationRequest;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3.RestoreObjectOutput;
import dev.cloudjar.api.S3.RestoreObjectRequest;
import dev.cloudjar.api.S3.RestoreRequest;
import dev.cloudjar.api.S3.Tiering;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Objects that nobody reads move to archive tiers where the bucket has opted in, by the world's clock.
class TieringTest {
    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
        put("cold/large", 128 << 10);
        put("cold/small", (128 << 10) - 1);
        put("warm", 128 << 10);
        s3.call(putting(tier("ARCHIVE_ACCESS", 90), tier("DEEP_ARCHIVE_ACCESS", 180)));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private void put(String key, int size) {
        s3.call(new PutObjectRequest()
                .bucket("bucket")
                .key(key)
                .storageClass("INTELLIGENT_TIERING")
                .body(Body.of(Blob.of(new byte[size]))));
    }

    private static Tiering tier(String name, int days) {
        return new Tiering().accessTier(name).days(days);
    }

    private static PutBucketIntelligentTieringConfigurationRequest putting(Tiering... tiers) {
        return new PutBucketIntelligentTieringConfigurationRequest()
                .bucket("bucket")
                .id("cold")
                .intelligentTieringConfiguration(new IntelligentTieringConfiguration()
                        .id("cold")
                        .status("Enabled")
                        .filter(new IntelligentTieringFilter().prefix("cold/"))
                        .tierings(List.of(tiers)));
    }

    private HeadObjectOutput head(String key) {
        return s3.call(new HeadObjectRequest().bucket("bucket").key(key));
    }

    private RestoreObjectRequest restoring(String key) {
        return new RestoreObjectRequest().bucket("bucket").key(key).restoreRequest(new RestoreRequest());
    }

    @Test
    void whatIsNotReadIsArchivedAndThenMoreDeeply() {
        s3.pass(Duration.ofDays(89));
        assertThat(head("cold/large").archiveStatus()).isEmpty();
        s3.pass(Duration.ofDays(1));
        assertThat(head("cold/large").archiveStatus()).contains("ARCHIVE_ACCESS");
        assertThat(head("cold/large").storageClass()).contains("INTELLIGENT_TIERING");
        assertThat(head("cold/small").archiveStatus()).isEmpty();
        assertThat(head("warm").archiveStatus()).isEmpty();

        AwsError refused = s3.refusal(new GetObjectRequest().bucket("bucket").key("cold/large"));
        assertThat(refused.code().code()).isEqualTo("InvalidObjectState");
        s3.pass(Duration.ofDays(90));
        assertThat(head("cold/large").archiveStatus()).contains("DEEP_ARCHIVE_ACCESS");
    }

    @Test
    void whatIsReadStays() {
        s3.pass(Duration.ofDays(60));
        s3.call(new GetObjectRequest().bucket("bucket").key("cold/large"));
        s3.pass(Duration.ofDays(89));
        assertThat(head("cold/large").archiveStatus()).isEmpty();
        s3.pass(Duration.ofDays(1));
        assertThat(head("cold/large").archiveStatus()).contains("ARCHIVE_ACCESS");
    }

    @Test
    void aRestoredObjectIsReadAgainAndNeedsNoSecondRestore() {
        assertThat(s3.refusal(restoring("cold/large")).code().code()).isEqualTo("ObjectAlreadyInActiveTierError");
        s3.pass(Duration.ofDays(90));
        RestoreObjectOutput out = s3.call(restoring("cold/large"));

        assertThat(out.status()).contains(202);
        assertThat(s3.get("bucket", "cold/large")).hasSize(128 << 10);
        assertThat(head("cold/large").archiveStatus()).isEmpty();
    }

    @Test
    void tiersOutOfOrderAreRefused() {
        Map<String, PutBucketIntelligentTieringConfigurationRequest> wrong = Map.of(
                "too soon", putting(tier("ARCHIVE_ACCESS", 89)),
                "too soon for the deep archive", putting(tier("DEEP_ARCHIVE_ACCESS", 179)),
                "too late", putting(tier("ARCHIVE_ACCESS", 731)),
                "in the wrong order", putting(tier("ARCHIVE_ACCESS", 180), tier("DEEP_ARCHIVE_ACCESS", 180)));
        wrong.forEach((why, request) ->
                assertThat(s3.refusal(request).code().code()).as(why).isEqualTo("InvalidArgument"));
        var twice = putting(tier("ARCHIVE_ACCESS", 90), tier("ARCHIVE_ACCESS", 91));
        assertThat(s3.refusal(twice).code().code()).isEqualTo("MalformedXML");
    }
}
