package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.RequestCharged;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/// What S3 refuses, and in which words: each refusal is one step away from a call that succeeds.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class RefusalTest {
    private final TestCloud cloud;
    private final S3Client s3;
    private final String bucket;

    RefusalTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
        this.bucket = "refusing-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
        s3.putObject(p -> p.bucket(bucket).key("key"), RequestBody.fromString("content"));
    }

    private static void assertRefused(String code, int status, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }

    @Test
    void anExpectedOwnerIsAnAccount() {
        s3.headObject(h -> h.bucket(bucket).key("key").expectedBucketOwner(cloud.account()));
        assertRefused(
                "InvalidBucketOwnerAWSAccountID",
                400,
                "The value of the expected bucket owner parameter must be an AWS account ID",
                () -> s3.getBucketVersioning(g -> g.bucket(bucket).expectedBucketOwner("me")));
        assertRefused(
                "AccessDenied",
                403,
                "Access Denied",
                () -> s3.getBucketVersioning(g -> g.bucket(bucket).expectedBucketOwner("999999999999")));
    }

    @Test
    void keysAreTooLongForReadsAsForWrites() {
        String longest = "k".repeat(1024);
        s3.putObject(p -> p.bucket(bucket).key(longest), RequestBody.fromString("x"));
        s3.getObjectAsBytes(g -> g.bucket(bucket).key(longest));
        assertRefused(
                "KeyTooLongError",
                400,
                "Your key is too long",
                () -> s3.getObjectAsBytes(g -> g.bucket(bucket).key(longest + "k")));
        assertRefused(
                "KeyTooLongError",
                400,
                "Your key is too long",
                () -> s3.putObject(p -> p.bucket(bucket).key(longest + "k"), RequestBody.fromString("x")));
    }

    @Test
    void aDateToComeDoesNotMakeAnObjectUnmodified() {
        Instant modified = s3.headObject(h -> h.bucket(bucket).key("key")).lastModified();
        s3.getObjectAsBytes(g -> g.bucket(bucket).key("key").ifModifiedSince(modified.plus(Duration.ofDays(1))));
        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(g -> g.bucket(bucket).key("key").ifModifiedSince(modified)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
    }

    @Test
    void aConditionOfACopyIsToldByItsHeader() throws Exception {
        String etag = s3.headObject(h -> h.bucket(bucket).key("key")).eTag();
        s3.copyObject(c -> c.sourceBucket(bucket)
                .sourceKey("key")
                .destinationBucket(bucket)
                .destinationKey("copy")
                .copySourceIfMatch(etag));
        assertThatThrownBy(() -> s3.copyObject(c -> c.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .copySourceIfMatch("other")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed"));
        assertThat(raw(
                        "PUT",
                        "/" + bucket + "/copy",
                        "x-amz-copy-source",
                        bucket + "/key",
                        "x-amz-copy-source-if-match",
                        "other"))
                .contains("<Condition>x-amz-copy-source-If-Match</Condition>");
    }

    @Test
    void anArchivedObjectIsNotCopied() {
        s3.putObject(p -> p.bucket(bucket).key("cold").storageClass(StorageClass.GLACIER), RequestBody.fromString("x"));
        s3.headObject(h -> h.bucket(bucket).key("cold"));
        assertRefused(
                "InvalidObjectState",
                403,
                "Operation is not valid for the source object's storage class",
                () -> s3.copyObject(c -> c.sourceBucket(bucket)
                        .sourceKey("cold")
                        .destinationBucket(bucket)
                        .destinationKey("warm")));
        assertRefused(
                "InvalidObjectState",
                403,
                "The operation is not valid for the object's storage class",
                () -> s3.getObjectAsBytes(g -> g.bucket(bucket).key("cold")));
    }

    @Test
    void anUploadIsCompletedWithItsParts() {
        String id = s3.createMultipartUpload(c -> c.bucket(bucket).key("parts")).uploadId();
        String etag = s3.uploadPart(
                        p -> p.bucket(bucket).key("parts").uploadId(id).partNumber(1), RequestBody.fromString("x"))
                .eTag();
        assertRefused(
                "InvalidRequest",
                400,
                "You must specify at least one part",
                () -> s3.completeMultipartUpload(
                        c -> c.bucket(bucket).key("parts").uploadId(id)));
        assertThatThrownBy(() -> s3.completeMultipartUpload(c -> c.bucket(bucket)
                        .key("parts")
                        .uploadId(id)
                        .multipartUpload(m ->
                                m.parts(CompletedPart.builder().partNumber(1).build()))))
                .hasMessageContaining("The XML you provided was not well-formed");
        String location = s3.completeMultipartUpload(c -> c.bucket(bucket)
                        .key("parts")
                        .uploadId(id)
                        .multipartUpload(m -> m.parts(
                                CompletedPart.builder().partNumber(1).eTag(etag).build())))
                .location();
        assertThat(location).endsWith(bucket + "/parts");
    }

    @Test
    void anUploadTellsWhenItWillBeGivenUp() {
        String aging = bucket + "-aging";
        s3.createBucket(b -> b.bucket(aging));
        lifecycle(aging, rule().abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(2)));
        Instant modified = s3.headObject(h -> h.bucket(bucket).key("key")).lastModified();
        var upload = s3.createMultipartUpload(c -> c.bucket(aging).key("p/arts"));
        assertThat(upload.abortRuleId()).isEqualTo("r");
        assertThat(upload.abortDate()).isAfter(modified.plus(Duration.ofDays(2)));
        var listed = s3.listParts(l -> l.bucket(aging).key("p/arts").uploadId(upload.uploadId()));
        assertThat(listed.abortDate()).isEqualTo(upload.abortDate());
    }

    private static LifecycleRule.Builder rule() {
        return LifecycleRule.builder().id("r").status(ExpirationStatus.ENABLED).filter(f -> f.prefix("p/"));
    }

    private void lifecycle(String name, LifecycleRule.Builder rule) {
        s3.putBucketLifecycleConfiguration(p -> p.bucket(name).lifecycleConfiguration(l -> l.rules(rule.build())));
    }

    @Test
    void aLifecycleRuleMakesSense() {
        lifecycle(bucket, rule().expiration(e -> e.days(1)));
        assertRefused(
                "InvalidRequest",
                400,
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter"
                        + " '(prefix=p/)'",
                () -> lifecycle(
                        bucket,
                        rule().expiration(e -> e.days(90))
                                .transitions(t -> t.date(Instant.parse("2030-01-01T00:00:00Z"))
                                        .storageClass(TransitionStorageClass.GLACIER))));
        assertRefused(
                "InvalidArgument",
                400,
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
                () -> lifecycle(bucket, rule().abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(0))));
        assertThatThrownBy(() ->
                        lifecycle(bucket, rule().transitions(t -> t.days(30).storageClass("WARM"))))
                .hasMessageContaining("The XML you provided was not well-formed");
    }

    @Test
    void limitsOfListsAreNumbers() throws Exception {
        assertThat(raw("GET", "/" + bucket + "?max-keys=5")).contains("<MaxKeys>5</MaxKeys>");
        assertThat(raw("GET", "/" + bucket + "?max-keys=-1"))
                .contains("<Message>Argument maxKeys must be an integer between 0 and 2147483647</Message>");
        assertThat(raw("GET", "/" + bucket + "?max-keys=five"))
                .contains("<Message>Provided max-keys not an integer or within integer range</Message>")
                .contains("<ArgumentName>max-keys</ArgumentName><ArgumentValue>five</ArgumentValue>");
    }

    @Test
    void whatIsHeldComesWithAChecksum() throws Exception {
        String held = bucket + "-held";
        s3.createBucket(b -> b.bucket(held).objectLockEnabledForBucket(true));
        s3.putObject(
                p -> p.bucket(held).key("key").objectLockLegalHoldStatus("OFF"), RequestBody.fromString("content"));
        assertThat(raw("PUT", "/" + held + "/key", "x-amz-object-lock-legal-hold", "OFF"))
                .contains("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object"
                        + " Lock parameters");
    }

    @Test
    void deletingWithADeviceOnlyNeedsTheDevice() {
        s3.putBucketVersioning(p -> p.bucket(bucket)
                .versioningConfiguration(v -> v.status("Enabled").mfaDelete("Disabled")));
        assertRefused(
                "AccessDenied",
                403,
                "Mfa Authentication must be used for this request",
                () -> s3.putBucketVersioning(p -> p.bucket(bucket)
                        .versioningConfiguration(v -> v.status("Enabled").mfaDelete("Enabled"))));
    }

    @Test
    void headersOfUnknownValuesAreRefusedInTheirOwnWords() throws Exception {
        String path = "/" + bucket + "/odd";
        raw("PUT", path, "x-amz-storage-class", "STANDARD_IA");
        assertThat(raw("PUT", path, "x-amz-storage-class", "WARM"))
                .contains("<Code>InvalidStorageClass</Code>")
                .contains("<StorageClassRequested>WARM</StorageClassRequested>");
        assertThat(raw("PUT", path, "x-amz-server-side-encryption", "AES1"))
                .contains("<Message>The encryption method specified is not supported</Message>")
                .contains("<ArgumentName>x-amz-server-side-encryption</ArgumentName>");
        assertThat(raw("GET", "/" + bucket + "?encoding-type=xml"))
                .contains("<Message>Invalid Encoding Method specified in Request</Message>");
        assertThat(raw("PUT", "/" + bucket + "?tagging"))
                .contains("<Code>MissingRequestBodyError</Code><Message>Request Body is empty</Message>");
    }

    /// The document that answers a request; the secret of an account's root is not asked for.
    private String raw(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(cloud.endpoint().resolve(path))
                .method(method, BodyPublishers.noBody())
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + cloud.account() + "/20260101/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void strangersPayWhereTheBucketSaysSo() {
        String paid = bucket + "-paid";
        s3.createBucket(b -> b.bucket(paid));
        s3.putObject(p -> p.bucket(paid).key("key"), RequestBody.fromString("content"));
        s3.putBucketPolicy(p -> p.bucket(paid).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "222222222222"},
                 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(paid)));
        try (S3Client stranger = Clients.s3(new TestCloud(cloud.server(), "222222222222"))) {
            assertThat(stranger.getObjectAsBytes(g -> g.bucket(paid).key("key"))
                            .response()
                            .requestCharged())
                    .isNull();
            s3.putBucketRequestPayment(p -> p.bucket(paid).requestPaymentConfiguration(r -> r.payer(Payer.REQUESTER)));
            assertRefused(
                    "AccessDenied",
                    403,
                    "Access Denied",
                    () -> stranger.getObjectAsBytes(g -> g.bucket(paid).key("key")));
            assertThat(stranger.getObjectAsBytes(g -> g.bucket(paid).key("key").requestPayer(RequestPayer.REQUESTER))
                            .response()
                            .requestCharged())
                    .isEqualTo(RequestCharged.REQUESTER);
        }
        assertThat(s3.getObjectAsBytes(g -> g.bucket(paid).key("key"))
                        .response()
                        .requestCharged())
                .isNull();
    }

    @Test
    void whatIsNotConfiguredIsNotFoundUnderItsOwnName() {
        s3.getBucketAcl(g -> g.bucket(bucket));
        String bare = bucket + "-bare";
        s3.createBucket(b -> b.bucket(bare));
        Map<String, ThrowingCallable> calls = Map.of(
                "NoSuchTagSet", () -> s3.getBucketTagging(g -> g.bucket(bare)),
                "NoSuchLifecycleConfiguration", () -> s3.getBucketLifecycleConfiguration(g -> g.bucket(bare)),
                "NoSuchCORSConfiguration", () -> s3.getBucketCors(g -> g.bucket(bare)),
                "NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(g -> g.bucket(bare)),
                "NoSuchBucketPolicy", () -> s3.getBucketPolicy(g -> g.bucket(bare)),
                "ReplicationConfigurationNotFoundError", () -> s3.getBucketReplication(g -> g.bucket(bare)),
                "ObjectLockConfigurationNotFoundError", () -> s3.getObjectLockConfiguration(g -> g.bucket(bare)),
                "NoSuchConfiguration",
                        () -> s3.getBucketInventoryConfiguration(
                                g -> g.bucket(bare).id("x")));
        calls.forEach((code, call) -> assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(404);
        }));
    }
}
