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
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Condition;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.MetricsConfiguration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

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

    private void policy(String action, String resource, String condition) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
                 "Action": "%s", "Resource": "arn:aws:s3:::%s", "Condition": {%s}}]}""".formatted(cloud.account(), action, resource, condition);
        s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy));
    }

    @Test
    void aPolicySpeaksOfWhatCanBeDoneToWhatItIsAbout() {
        String prefix = "\"StringEquals\": {\"s3:prefix\": \"a\"}";
        policy("s3:ListBucket", bucket, prefix);
        policy("s3:Get*", bucket + "/*", "");
        policy("s3:GetObject", bucket + "*", "");
        assertThatThrownBy(() -> policy("s3:ListBuckets", bucket, prefix))
                .hasMessageContaining("Policy has invalid action");
        assertThatThrownBy(() -> policy("s3:ListBucket", bucket + "/*", prefix))
                .hasMessageContaining("Action does not apply to any resource(s) in statement");
        assertThatThrownBy(() -> policy("s3:GetObject", bucket, ""))
                .hasMessageContaining("Action does not apply to any resource(s) in statement");
        assertThatThrownBy(() -> policy("s3:ListBucket", bucket, prefix.replace("prefix", "praefix")))
                .hasMessageContaining("Policy has an invalid condition key");
        s3.deleteBucketPolicy(d -> d.bucket(bucket));
    }

    @Test
    void aKeyOfKmsGoesWithKmsAlone() {
        for (Consumer<PutObjectRequest.Builder> wrong : List.<Consumer<PutObjectRequest.Builder>>of(
                p -> p.ssekmsKeyId("alias/any"), p -> p.ssekmsKeyId("alias/any").serverSideEncryption("AES256"))) {
            assertThatThrownBy(() -> s3.putObject(
                            wrong.andThen(p -> p.bucket(bucket).key("sealed")), RequestBody.fromString("x")))
                    .hasMessageContaining("requires HTTP header x-amz-server-side-encryption : aws:kms");
        }
        s3.putObject(p -> p.bucket(bucket).key("sealed").serverSideEncryption("aws:kms"), RequestBody.fromString("x"));
        s3.deleteObject(d -> d.bucket(bucket).key("sealed"));
    }

    @Test
    void locksAreBypassedWhereThereAreAnyAndMarkersOfVersionsAreNotEmpty() throws IOException {
        assertThatThrownBy(() -> s3.deleteObject(d -> d.bucket(bucket).key("k").bypassGovernanceRetention(true)))
                .hasMessageContaining("is only applicable to Object Lock enabled buckets.");
        Sent versions = Sent.get("/" + bucket + "?versions&key-marker=a&version-id-marker=")
                .by(cloud.account(), "us-east-1", "s3");
        assertThat(cloud.exchange(versions).text()).contains("A version-id marker cannot be empty.");
    }

    @Test
    void rulesOfWebsitesAndLifecyclesSayWhatTheyAreFor() {
        website(c -> c.keyPrefixEquals("a/"));
        assertThatThrownBy(() -> website(c -> c.httpErrorCodeReturnedEquals("200")))
                .hasMessageContaining("The provided HTTP error code (200) is not valid. Valid codes are 4XX or 5XX.");
        assertThatThrownBy(() -> website(c -> {})).hasMessageContaining("Condition cannot be empty.");
        lifecycle(a -> a.prefix("a/").objectSizeGreaterThan(1L));
        assertThatThrownBy(() -> lifecycle(a -> a.prefix("a/"))).hasMessageContaining("not well-formed");
        assertThatThrownBy(() -> lifecycle(a -> a.objectSizeGreaterThan(10L).objectSizeLessThan(5L)))
                .hasMessageContaining("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
    }

    private void website(Consumer<Condition.Builder> condition) {
        s3.putBucketWebsite(w -> w.bucket(bucket)
                .websiteConfiguration(c -> c.indexDocument(i -> i.suffix("index.html"))
                        .routingRules(r -> r.condition(condition).redirect(t -> t.hostName("there")))));
    }

    private void lifecycle(Consumer<LifecycleRuleAndOperator.Builder> joined) {
        s3.putBucketLifecycleConfiguration(l -> l.bucket(bucket)
                .lifecycleConfiguration(c -> c.rules(r ->
                        r.id("r").status("Enabled").filter(f -> f.and(joined)).expiration(e -> e.days(1)))));
    }

    @Test
    void aQuestionOfABrowserNamesItsPageAndItsMethod() throws IOException {
        Sent bare = new Sent("OPTIONS", "/" + bucket + "/k", Map.of(), new byte[0]);

        assertThat(cloud.exchange(bare).text())
                .contains("<Code>BadRequest</Code><Message>Insufficient information. Origin request header needed.");
        assertThat(cloud.exchange(bare.with("Origin", "http://localhost:3000")).text())
                .contains("<Code>BadRequest</Code><Message>Invalid Access-Control-Request-Method: null");
    }

    @Test
    void nobodyInParticularIsToldNoReasons() throws IOException {
        assertThat(cloud.exchange(Sent.get("/" + bucket)).text())
                .contains("<Code>AccessDenied</Code><Message>Access Denied</Message>");
    }

    @Test
    void oldDatesOfHttpAreRead() throws IOException {
        s3.putObject(p -> p.bucket(bucket).key("dated"), RequestBody.fromString("x"));
        Sent get = Sent.get("/" + bucket + "/dated").by(cloud.account(), "us-east-1", "s3");

        assertThat(cloud.exchange(get.with("If-Unmodified-Since", "Sunday, 06-Nov-94 08:49:37 GMT"))
                        .status())
                .isEqualTo(412);
        assertThat(cloud.exchange(get.with("If-Modified-Since", "Sun Nov  6 08:49:37 1994"))
                        .status())
                .isEqualTo(200);
        s3.deleteObject(d -> d.bucket(bucket).key("dated"));
    }
}
