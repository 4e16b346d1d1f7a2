package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketType;
import software.amazon.awssdk.services.s3.model.DataRedundancy;
import software.amazon.awssdk.services.s3.model.LocationType;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.SessionMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// Directory buckets, which the SDK opens a session for before it uses them.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class DirectoryTest {
    private static final String ZONE = "use1-az4";

    private final TestCloud cloud;
    private final IamClient iam;
    private final S3Client s3;
    private final S3Client withoutSession;
    private final S3Client plain;
    private final String bucket;

    DirectoryTest(TestCloud cloud, S3Client plain, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
        this.plain = plain;
        this.bucket = "directory-" + cloud.account() + "--" + ZONE + "--x-s3";
        this.s3 = client(cloud, false);
        this.withoutSession = client(cloud, true);
    }

    /// An address of numbers, or the SDK puts the bucket into the host.
    private static S3Client client(TestCloud cloud, boolean withoutSession) {
        return client(cloud, withoutSession, AwsBasicCredentials.create(cloud.account(), "secret"));
    }

    private static S3Client client(TestCloud cloud, boolean withoutSession, AwsCredentials credentials) {
        return S3Client.builder()
                .disableS3ExpressSessionAuth(withoutSession)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + cloud.server().port()))
                .region(Region.of(TestCloud.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private void create(String name, String zone) {
        withoutSession.createBucket(b -> b.bucket(name)
                .createBucketConfiguration(c -> c.location(
                                l -> l.type(LocationType.AVAILABILITY_ZONE).name(zone))
                        .bucket(i ->
                                i.type(BucketType.DIRECTORY).dataRedundancy(DataRedundancy.SINGLE_AVAILABILITY_ZONE))));
    }

    @BeforeEach
    void create() {
        create(bucket, ZONE);
    }

    @AfterEach
    void delete() {
        s3.listObjectsV2(l -> l.bucket(bucket))
                .contents()
                .forEach(object -> s3.deleteObject(d -> d.bucket(bucket).key(object.key())));
        s3.deleteBucket(d -> d.bucket(bucket));
        s3.close();
        withoutSession.close();
    }

    @Test
    void aDirectoryBucketLiesInItsZoneAndHasAListOfItsOwn() {
        assertThatThrownBy(() -> create(bucket, "use1-az5"))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidBucketName"));
        var head = s3.headBucket(h -> h.bucket(bucket));
        assertThat(head.bucketLocationType()).isEqualTo(LocationType.AVAILABILITY_ZONE);
        assertThat(head.bucketLocationName()).isEqualTo(ZONE);
        assertThat(s3.listDirectoryBuckets(l -> {}).buckets()).singleElement().returns(bucket, b -> b.name());
        assertThat(plain.listBuckets().buckets()).isEmpty();
        assertThatThrownBy(() -> s3.getBucketVersioning(g -> g.bucket(bucket)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(405));
    }

    @Test
    void anObjectIsRenamedInOneStep() {
        s3.putObject(p -> p.bucket(bucket).key("old"), RequestBody.fromString("content"));
        s3.putObject(p -> p.bucket(bucket).key("other"), RequestBody.fromString("other"));
        var old = s3.headObject(h -> h.bucket(bucket).key("old"));
        assertThat(old.storageClass()).isEqualTo(StorageClass.EXPRESS_ONEZONE);
        assertThatThrownBy(() -> s3.renameObject(r -> r.bucket(bucket)
                        .key("other")
                        .renameSource(bucket + "/old")
                        .destinationIfNoneMatch("*")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        s3.renameObject(
                r -> r.bucket(bucket).key("new").renameSource(bucket + "/old").destinationIfNoneMatch("*"));

        var renamed = s3.getObjectAsBytes(g -> g.bucket(bucket).key("new"));
        assertThat(renamed.asUtf8String()).isEqualTo("content");
        assertThat(renamed.response().eTag()).isEqualTo(old.eTag());
        assertThat(renamed.response().lastModified()).isEqualTo(old.lastModified());
        assertThatThrownBy(() -> s3.headObject(h -> h.bucket(bucket).key("old")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThatThrownBy(() ->
                        s3.renameObject(r -> r.bucket(bucket).key("newest").renameSource(bucket + "/old")))
                .hasMessageContaining("The specified key does not exist");
    }

    /// A user who may open sessions, and nothing else.
    private S3Client user(String name, String condition) {
        iam.createUser(u -> u.userName(name));
        iam.putUserPolicy(p ->
                p.userName(name).policyName("own").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3express:CreateSession",
                 "Resource": "arn:aws:s3express:us-east-1:%s:bucket/%s"%s}]}""".formatted(cloud.account(), bucket, condition)));
        var key = iam.createAccessKey(k -> k.userName(name)).accessKey();
        return client(cloud, false, AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }

    @Test
    void aUserWhoMayOpenASessionMayUseTheObjectsOfThatBucketAndNoOther() {
        String other = bucket.replace("directory", "other");
        create(other, ZONE);
        try (S3Client ann = user("ann", "")) {
            ann.putObject(p -> p.bucket(bucket).key("key"), RequestBody.fromString("content"));
            assertThat(ann.getObjectAsBytes(g -> g.bucket(bucket).key("key")).asUtf8String())
                    .isEqualTo("content");
            assertThat(ann.deleteObjects(d -> d.bucket(bucket).delete(x -> x.objects(o -> o.key("key"))))
                            .deleted())
                    .hasSize(1);
            assertThatThrownBy(() -> ann.getObjectAsBytes(g -> g.bucket(bucket).key("key")))
                    .hasMessageContaining("The specified key does not exist");
            assertDenied(() -> ann.listObjectsV2(l -> l.bucket(other)));
            assertDenied(() -> ann.getBucketPolicy(g -> g.bucket(bucket)));
            assertDenied(() -> ann.listDirectoryBuckets(l -> {}));
        }
        s3.deleteBucket(d -> d.bucket(other));
    }

    @Test
    void aSessionIsOfTheModeThatPoliciesLet() {
        String readOnly = ", \"Condition\": {\"StringEquals\": {\"s3express:SessionMode\": \"ReadOnly\"}}";
        try (S3Client bob = user("bob", readOnly)) {
            assertDenied(() -> bob.listObjectsV2(l -> l.bucket(bucket)));
            assertThat(bob.createSession(c -> c.bucket(bucket).sessionMode(SessionMode.READ_ONLY))
                            .credentials()
                            .sessionToken())
                    .isNotEmpty();
        }
    }

    @Test
    void aPolicyOfTheBucketOpensItsSessions() {
        try (S3Client eve = user("eve", "")) {
            iam.deleteUserPolicy(d -> d.userName("eve").policyName("own"));
            assertDenied(() -> eve.listObjectsV2(l -> l.bucket(bucket)));
            s3.putBucketPolicy(p -> p.bucket(bucket)
                    .policy(policy(
                            "user/eve", "arn:aws:s3express:us-east-1:" + cloud.account() + ":bucket/" + bucket)));
            assertThat(eve.listObjectsV2(l -> l.bucket(bucket)).keyCount()).isZero();
        }
        assertThatThrownBy(() ->
                        s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy("user/eve", "arn:aws:s3:::" + bucket))))
                .hasMessageContaining("Policy has invalid resource");
    }

    private String policy(String principal, String resource) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3express:CreateSession",
                 "Principal": {"AWS": "arn:aws:iam::%s:%s"}, "Resource": "%s"}]}""".formatted(cloud.account(), principal, resource);
    }
}
