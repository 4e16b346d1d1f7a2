package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AnalyticsConfiguration;
import software.amazon.awssdk.services.s3.model.BucketAbacStatus;
import software.amazon.awssdk.services.s3.model.BucketAccelerateStatus;
import software.amazon.awssdk.services.s3.model.IntelligentTieringStatus;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClassAnalysis;

/// Buckets and the documents they are configured by.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class BucketTest {
    private final S3Client s3;
    private final String account;

    BucketTest(TestCloud cloud, S3Client s3) {
        this.s3 = s3;
        this.account = cloud.account();
    }

    private String create(String name) {
        String bucket = name + "-" + account;
        s3.createBucket(b -> b.bucket(bucket));
        return bucket;
    }

    private static void assertRefused(
            String code, int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    @Test
    void aBucketComesAndGoes() {
        String bucket = create("born");
        assertThat(s3.headBucket(b -> b.bucket(bucket)).bucketRegion()).isEqualTo("us-east-1");
        assertThat(s3.getBucketLocation(b -> b.bucket(bucket)).locationConstraintAsString())
                .isNullOrEmpty();
        assertThat(s3.listBuckets(l -> l.prefix("born")).buckets())
                .singleElement()
                .returns(bucket, b -> b.name());
        s3.deleteBucket(b -> b.bucket(bucket));

        assertThatThrownBy(() -> s3.headBucket(b -> b.bucket(bucket))).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.listObjectsV2(b -> b.bucket(bucket)))
                .isInstanceOf(NoSuchBucketException.class)
                .hasMessageContaining("The specified bucket does not exist");
    }

    @Test
    void namesAreHeldToTheirRulesAndEverybodys() {
        create("named");
        assertRefused("InvalidBucketName", 400, () -> s3.createBucket(b -> b.bucket("xn--named-" + account)));
        assertRefused("InvalidBucketName", 400, () -> s3.createBucket(b -> b.bucket("sthree-" + account)));
    }

    @Test
    void aBucketThatIsNotEmptyStays() {
        String bucket = create("full");
        s3.putObject(p -> p.bucket(bucket).key("x"), software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
        assertRefused("BucketNotEmpty", 409, () -> s3.deleteBucket(b -> b.bucket(bucket)));
        s3.deleteObject(d -> d.bucket(bucket).key("x"));
        s3.deleteBucket(b -> b.bucket(bucket));
    }

    @Test
    void everyDocumentIsReadBackAndDeleted() {
        String bucket = create("documents");
        assertRefused("NoSuchCORSConfiguration", 404, () -> s3.getBucketCors(b -> b.bucket(bucket)));
        s3.putBucketCors(b -> b.bucket(bucket)
                .corsConfiguration(c -> c.corsRules(r -> r.allowedMethods("GET").allowedOrigins("*"))));
        assertThat(s3.getBucketCors(b -> b.bucket(bucket)).corsRules()).hasSize(1);
        s3.deleteBucketCors(b -> b.bucket(bucket));

        assertRefused("NoSuchTagSet", 404, () -> s3.getBucketTagging(b -> b.bucket(bucket)));
        s3.putBucketTagging(b ->
                b.bucket(bucket).tagging(t -> t.tagSet(s -> s.key("k").value("v"))));
        assertThat(s3.getBucketTagging(b -> b.bucket(bucket)).tagSet()).hasSize(1);
        s3.deleteBucketTagging(b -> b.bucket(bucket));

        assertRefused("NoSuchWebsiteConfiguration", 404, () -> s3.getBucketWebsite(b -> b.bucket(bucket)));
        s3.putBucketWebsite(
                b -> b.bucket(bucket).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("index.html"))));
        assertThat(s3.getBucketWebsite(b -> b.bucket(bucket)).indexDocument().suffix())
                .isEqualTo("index.html");
        s3.deleteBucketWebsite(b -> b.bucket(bucket));
    }

    @Test
    void documentsThatStayAreReadBack() {
        String bucket = create("staying");
        assertRefused(
                "NoSuchLifecycleConfiguration", 404, () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)));
        s3.putBucketLifecycleConfiguration(b -> b.bucket(bucket)
                .lifecycleConfiguration(l -> l.rules(
                        r -> r.status("Enabled").filter(f -> f.prefix("")).expiration(e -> e.days(1)))));
        assertThat(s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules())
                .hasSize(1);
        s3.deleteBucketLifecycle(b -> b.bucket(bucket));

        s3.putBucketLogging(b -> b.bucket(bucket)
                .bucketLoggingStatus(
                        l -> l.loggingEnabled(e -> e.targetBucket(bucket).targetPrefix("log/"))));
        assertThat(s3.getBucketLogging(b -> b.bucket(bucket)).loggingEnabled().targetPrefix())
                .isEqualTo("log/");
        s3.putBucketRequestPayment(b -> b.bucket(bucket).requestPaymentConfiguration(r -> r.payer(Payer.REQUESTER)));
        assertThat(s3.getBucketRequestPayment(b -> b.bucket(bucket)).payer()).isEqualTo(Payer.REQUESTER);
        s3.putBucketAccelerateConfiguration(
                b -> b.bucket(bucket).accelerateConfiguration(a -> a.status(BucketAccelerateStatus.ENABLED)));
        assertThat(s3.getBucketAccelerateConfiguration(b -> b.bucket(bucket)).status())
                .isEqualTo(BucketAccelerateStatus.ENABLED);
        s3.putBucketAbac(b -> b.bucket(bucket).abacStatus(a -> a.status(BucketAbacStatus.ENABLED)));
        assertThat(s3.getBucketAbac(b -> b.bucket(bucket)).abacStatus().status())
                .isEqualTo(BucketAbacStatus.ENABLED);
    }

    @Test
    void encryptionIsAlwaysThere() {
        String bucket = create("sealed");
        assertThat(s3.getBucketEncryption(b -> b.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules())
                .hasSize(1);
        s3.putBucketEncryption(b -> b.bucket(bucket)
                .serverSideEncryptionConfiguration(c -> c.rules(
                        r -> r.applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS)))));
        var put = s3.putObject(
                p -> p.bucket(bucket).key("k"), software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(put.ssekmsKeyId()).startsWith("arn:aws:kms:us-east-1:" + account + ":key/");
        s3.deleteBucketEncryption(b -> b.bucket(bucket));
        assertRefused(
                "InvalidArgument",
                400,
                () -> s3.putBucketEncryption(b -> b.bucket(bucket)
                        .serverSideEncryptionConfiguration(c -> c.rules(r -> r.applyServerSideEncryptionByDefault(
                                d -> d.sseAlgorithm("AES256").kmsMasterKeyID("x"))))));
    }

    @Test
    void severalDocumentsHaveIds() {
        String bucket = create("several");
        s3.putBucketAnalyticsConfiguration(b -> b.bucket(bucket)
                .id("a")
                .analyticsConfiguration(AnalyticsConfiguration.builder()
                        .id("a")
                        .storageClassAnalysis(StorageClassAnalysis.builder().build())
                        .build()));
        assertThat(s3.getBucketAnalyticsConfiguration(b -> b.bucket(bucket).id("a"))
                        .analyticsConfiguration()
                        .id())
                .isEqualTo("a");
        assertThat(s3.listBucketAnalyticsConfigurations(b -> b.bucket(bucket)).analyticsConfigurationList())
                .hasSize(1);
        s3.deleteBucketAnalyticsConfiguration(b -> b.bucket(bucket).id("a"));
        assertRefused(
                "NoSuchConfiguration",
                404,
                () -> s3.getBucketAnalyticsConfiguration(b -> b.bucket(bucket).id("a")));
    }

    @Test
    void metricsAndTieringHaveIds() {
        String bucket = create("measured");
        s3.putBucketMetricsConfiguration(b -> b.bucket(bucket).id("m").metricsConfiguration(m -> m.id("m")));
        assertThat(s3.getBucketMetricsConfiguration(b -> b.bucket(bucket).id("m"))
                        .metricsConfiguration())
                .isNotNull();
        assertThat(s3.listBucketMetricsConfigurations(b -> b.bucket(bucket)).metricsConfigurationList())
                .hasSize(1);
        s3.deleteBucketMetricsConfiguration(b -> b.bucket(bucket).id("m"));

        s3.putBucketIntelligentTieringConfiguration(b -> b.bucket(bucket)
                .id("t")
                .intelligentTieringConfiguration(t -> t.id("t")
                        .status(IntelligentTieringStatus.ENABLED)
                        .tierings(g -> g.days(90).accessTier("ARCHIVE_ACCESS"))));
        assertThat(s3.getBucketIntelligentTieringConfiguration(
                                b -> b.bucket(bucket).id("t"))
                        .intelligentTieringConfiguration())
                .isNotNull();
        assertThat(s3.listBucketIntelligentTieringConfigurations(b -> b.bucket(bucket))
                        .intelligentTieringConfigurationList())
                .hasSize(1);
        s3.deleteBucketIntelligentTieringConfiguration(b -> b.bucket(bucket).id("t"));
    }

    @Test
    void inventoriesHaveIds() {
        String bucket = create("counted");
        s3.putBucketInventoryConfiguration(b -> b.bucket(bucket)
                .id("i")
                .inventoryConfiguration(i -> i.id("i")
                        .isEnabled(true)
                        .includedObjectVersions("All")
                        .schedule(s -> s.frequency("Daily"))
                        .destination(d -> d.s3BucketDestination(
                                t -> t.bucket("arn:aws:s3:::" + bucket).format("CSV")))));
        assertThat(s3.getBucketInventoryConfiguration(b -> b.bucket(bucket).id("i"))
                        .inventoryConfiguration()
                        .isEnabled())
                .isTrue();
        assertThat(s3.listBucketInventoryConfigurations(b -> b.bucket(bucket)).inventoryConfigurationList())
                .hasSize(1);
        s3.deleteBucketInventoryConfiguration(b -> b.bucket(bucket).id("i"));
    }
}
