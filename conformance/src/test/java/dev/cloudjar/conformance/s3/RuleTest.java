package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetricsConfiguration;

/// What S3 takes of lists of keys to delete, and of configurations of which a bucket has several.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class RuleTest {
    private final TestCloud cloud;
    private final S3Client s3;
    private final String bucket;

    RuleTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
        this.bucket = "ruled-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
    }

    @Test
    void aListOfWhatIsToGoComesWithAChecksum() throws IOException, NoSuchAlgorithmException {
        byte[] delete = "<Delete><Object><Key>gone</Key></Object></Delete>".getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("MD5").digest(delete);
        Sent bare = Sent.post("/" + bucket + "?delete", "application/xml", delete)
                .with("X-Amz-Date", "20260101T000000Z")
                .by(cloud.account(), "us-east-1", "s3");
        Sent summed = bare.with("Content-MD5", Base64.getEncoder().encodeToString(digest));

        assertThat(cloud.exchange(bare).text())
                .contains("<Code>InvalidRequest</Code><Message>Missing required header for this request: Content-MD5 OR"
                        + " x-amz-checksum-*</Message>");
        assertThat(cloud.exchange(summed).text()).contains("<Deleted><Key>gone</Key></Deleted>");
    }

    @Test
    void idsAndFiltersOfMetricsAreHeldToTheirRules() {
        Consumer<MetricsConfiguration.Builder> prefix = m -> m.filter(f -> f.prefix("a/"));
        put("good.id-1_2", prefix);
        assertThat(s3.getBucketMetricsConfiguration(g -> g.bucket(bucket).id("good.id-1_2"))
                        .metricsConfiguration()
                        .filter()
                        .prefix())
                .isEqualTo("a/");
        assertThatThrownBy(() -> put("bad id", prefix))
                .hasMessageContaining("The specified configuration id is invalid");
        for (Consumer<MetricsConfiguration.Builder> wrong : List.<Consumer<MetricsConfiguration.Builder>>of(
                m -> m.filter(f -> f.and(a -> a.prefix("a/"))),
                m -> m.filter(f -> f.prefix("a/").tag(t -> t.key("k").value("v"))))) {
            assertThatThrownBy(() -> put("good", wrong)).hasMessageContaining("not well-formed");
        }
    }

    private void put(String id, Consumer<MetricsConfiguration.Builder> settings) {
        s3.putBucketMetricsConfiguration(p -> p.bucket(bucket).id(id).metricsConfiguration(m -> {
            m.id(id);
            settings.accept(m);
        }));
    }

    @Test
    void exportsOfAnalysesAreHeldToTheirRules() {
        putAnalytics("V_1", "arn:aws:s3:::" + bucket);
        assertThatThrownBy(() -> putAnalytics("V_2", "arn:aws:s3:::" + bucket)).hasMessageContaining("not well-formed");
        assertThatThrownBy(() -> putAnalytics("V_1", bucket)).hasMessageContaining("Invalid bucket ARN.");
    }

    private void putAnalytics(String version, String to) {
        s3.putBucketAnalyticsConfiguration(p -> p.bucket(bucket)
                .id("a")
                .analyticsConfiguration(a -> a.id("a")
                        .storageClassAnalysis(x -> x.dataExport(e -> e.outputSchemaVersion(version)
                                .destination(d ->
                                        d.s3BucketDestination(b -> b.bucket(to).format("CSV")))))));
    }
}
