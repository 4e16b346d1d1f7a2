package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketType;
import software.amazon.awssdk.services.s3.model.DataRedundancy;
import software.amazon.awssdk.services.s3.model.LocationType;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// Directory buckets, which the SDK opens a session for before it uses them.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class DirectoryTest {
    private static final String ZONE = "use1-az4";

    private final S3Client s3;
    private final S3Client withoutSession;
    private final S3Client plain;
    private final String bucket;

    DirectoryTest(TestCloud cloud, S3Client plain) {
        this.plain = plain;
        this.bucket = "directory-" + cloud.account() + "--" + ZONE + "--x-s3";
        this.s3 = client(cloud, false);
        this.withoutSession = client(cloud, true);
    }

    /// An address of numbers, or the SDK puts the bucket into the host.
    private static S3Client client(TestCloud cloud, boolean withoutSession) {
        return S3Client.builder()
                .disableS3ExpressSessionAuth(withoutSession)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + cloud.server().port()))
                .region(Region.of(TestCloud.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(cloud.account(), "secret")))
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
}
