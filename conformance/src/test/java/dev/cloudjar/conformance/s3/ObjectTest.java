package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tier;

/// Objects: put, read in whole and in part, copied, deleted.
@OnCloud
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class ObjectTest {
    private final S3Client s3;
    private final String bucket;

    ObjectTest(TestCloud cloud, S3Client s3) {
        this.s3 = s3;
        this.bucket = "objects-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
    }

    private PutObjectResponse put(String key, String content) {
        return s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private ResponseBytes<GetObjectResponse> get(String key) {
        return s3.getObjectAsBytes(g -> g.bucket(bucket).key(key));
    }

    @Test
    void whatIsPutIsReadBackWithAllThatWasSaidOfIt() {
        PutObjectResponse put = s3.putObject(
                p -> p.bucket(bucket)
                        .key("a folder/ké y+&.txt")
                        .contentType("text/plain")
                        .cacheControl("no-cache")
                        .contentLanguage("de")
                        .metadata(Map.of("colour", "blue"))
                        .storageClass(StorageClass.STANDARD_IA)
                        .tagging("a=1&b=2"),
                RequestBody.fromString("hello"));
        ResponseBytes<GetObjectResponse> got = get("a folder/ké y+&.txt");

        assertThat(got.asUtf8String()).isEqualTo("hello");
        assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(put.serverSideEncryptionAsString()).isEqualTo("AES256");
        assertThat(got.response())
                .returns(put.eTag(), GetObjectResponse::eTag)
                .returns("text/plain", GetObjectResponse::contentType)
                .returns("no-cache", GetObjectResponse::cacheControl)
                .returns("de", GetObjectResponse::contentLanguage)
                .returns(Map.of("colour", "blue"), GetObjectResponse::metadata)
                .returns(StorageClass.STANDARD_IA, GetObjectResponse::storageClass)
                .returns("bytes", GetObjectResponse::acceptRanges)
                .returns(2, GetObjectResponse::tagCount);
    }

    @Test
    void anObjectThatIsNotThereIsNamed() {
        put("there", "x");
        assertThat(get("there").asUtf8String()).isEqualTo("x");

        assertThatThrownBy(() -> get("nowhere"))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("The specified key does not exist.");
        assertThatThrownBy(() -> s3.headObject(h -> h.bucket(bucket).key("nowhere")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    }

    @Test
    void rangesAreReadAndRefusedAsTheyShould() {
        put("digits", "0123456789");

        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-2")).isEqualTo("89");
        assertThat(range("bytes=8-100")).isEqualTo("89");
        assertThat(range("bytes=0-1,3-4")).isEqualTo("0123456789");
        assertThatThrownBy(() -> range("bytes=10-")).hasMessageContaining("The requested range is not satisfiable");
    }

    private String range(String range) {
        return s3.getObjectAsBytes(g -> g.bucket(bucket).key("digits").range(range))
                .asUtf8String();
    }

    @Test
    void conditionsOnReadsAndWritesHold() {
        String etag = put("conditional", "one").eTag();

        s3.getObjectAsBytes(g -> g.bucket(bucket).key("conditional").ifMatch(etag));
        assertStatus(
                412,
                () -> s3.headObject(h -> h.bucket(bucket).key("conditional").ifMatch("\"other\"")));
        assertStatus(
                304,
                () -> s3.headObject(h -> h.bucket(bucket).key("conditional").ifNoneMatch(etag)));
        Instant written =
                s3.headObject(h -> h.bucket(bucket).key("conditional")).lastModified();
        assertStatus(
                304,
                () -> s3.headObject(h -> h.bucket(bucket).key("conditional").ifModifiedSince(written)));
        assertStatus(
                412,
                () -> s3.putObject(
                        p -> p.bucket(bucket).key("conditional").ifNoneMatch("*"), RequestBody.fromString("two")));
        assertStatus(
                412,
                () -> s3.putObject(
                        p -> p.bucket(bucket).key("conditional").ifMatch("\"other\""), RequestBody.fromString("two")));
        s3.putObject(p -> p.bucket(bucket).key("conditional").ifMatch(etag), RequestBody.fromString("two"));
        assertThat(get("conditional").asUtf8String()).isEqualTo("two");
    }

    private static void assertStatus(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(status));
    }

    @Test
    void everyChecksumIsKeptAndTold() {
        for (ChecksumAlgorithm algorithm : List.of(
                ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32_C, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)) {
            s3.putObject(
                    p -> p.bucket(bucket).key("summed").checksumAlgorithm(algorithm), RequestBody.fromString("hello"));
            var head = s3.headObject(h -> h.bucket(bucket).key("summed").checksumMode(ChecksumMode.ENABLED));

            assertThat(head.toString()).contains("Checksum");
            assertThat(head.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
        }
        var attributes = s3.getObjectAttributes(a -> a.bucket(bucket)
                .key("summed")
                .objectAttributes(ObjectAttributes.CHECKSUM, ObjectAttributes.E_TAG, ObjectAttributes.OBJECT_SIZE));
        assertThat(attributes.checksum().checksumSHA256()).isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        assertThat(attributes.eTag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(attributes.objectSize()).isEqualTo(5);
    }

    @Test
    void aWrongChecksumIsRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> s3.putObject(
                        p -> p.bucket(bucket)
                                .key("wrong")
                                .checksumSHA256("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
                        RequestBody.fromString("jello")))
                .hasMessageContaining("did not match the calculated checksum");
        assertThatThrownBy(() -> get("wrong")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void copiesKeepOrReplaceWhatWasSaid() {
        s3.putObject(
                p -> p.bucket(bucket).key("source").metadata(Map.of("k", "old")), RequestBody.fromString("content"));
        s3.copyObject(c -> c.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("kept"));
        s3.copyObject(c -> c.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("replaced")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("k", "new")));

        assertThat(get("kept").asUtf8String()).isEqualTo("content");
        assertThat(get("kept").response().metadata()).containsEntry("k", "old");
        assertThat(get("replaced").response().metadata()).containsEntry("k", "new");
        assertThatThrownBy(() -> s3.copyObject(c -> c.sourceBucket(bucket)
                        .sourceKey("source")
                        .destinationBucket(bucket)
                        .destinationKey("source")))
                .hasMessageContaining("This copy request is illegal");
    }

    @Test
    void objectsAreDeletedOneByOneAndTogether() {
        put("one", "1");
        put("two", "2");
        put("three", "3");
        s3.deleteObject(d -> d.bucket(bucket).key("one"));
        s3.deleteObject(d -> d.bucket(bucket).key("never there"));
        var deleted = s3.deleteObjects(d -> d.bucket(bucket)
                .delete(o -> o.objects(
                        ObjectIdentifier.builder().key("two").build(),
                        ObjectIdentifier.builder().key("three").build(),
                        ObjectIdentifier.builder().key("nowhere").build())));

        assertThat(deleted.deleted()).hasSize(3);
        assertThat(deleted.errors()).isEmpty();
        assertThat(s3.listObjectsV2(l -> l.bucket(bucket)).contents())
                .noneMatch(object -> List.of("one", "two", "three").contains(object.key()));
    }

    @Test
    void listsRollUpWhatHasADelimiter() {
        put("list/a", "1");
        put("list/b/1", "2");
        put("list/b/2", "3");

        var page = s3.listObjectsV2(l -> l.bucket(bucket).prefix("list/").delimiter("/"));
        assertThat(page.contents()).singleElement().returns("list/a", o -> o.key());
        assertThat(page.commonPrefixes()).singleElement().returns("list/b/", p -> p.prefix());
        assertThat(s3.listObjectsV2Paginator(
                                l -> l.bucket(bucket).prefix("list/").maxKeys(1))
                        .contents())
                .hasSize(3);
        assertThat(s3.listObjects(l -> l.bucket(bucket).prefix("list/")).contents())
                .hasSize(3);
    }

    @Test
    void tagsOfAnObjectComeAndGo() {
        put("tagged", "x");
        s3.putObjectTagging(t -> t.bucket(bucket)
                .key("tagged")
                .tagging(g -> g.tagSet(s -> s.key("k").value("v"))));
        assertThat(s3.getObjectTagging(t -> t.bucket(bucket).key("tagged")).tagSet())
                .singleElement()
                .returns("v", t -> t.value());

        s3.deleteObjectTagging(t -> t.bucket(bucket).key("tagged"));
        assertThat(s3.getObjectTagging(t -> t.bucket(bucket).key("tagged")).tagSet())
                .isEmpty();
    }

    @Test
    void anArchivedObjectIsReadOnceItIsRestored() {
        s3.putObject(
                p -> p.bucket(bucket).key("cold").storageClass(StorageClass.GLACIER), RequestBody.fromString("ice"));
        assertThatThrownBy(() -> get("cold"))
                .hasMessageContaining("The operation is not valid for the object's storage class");

        s3.restoreObject(r -> r.bucket(bucket)
                .key("cold")
                .restoreRequest(q -> q.days(1).glacierJobParameters(j -> j.tier(Tier.STANDARD))));
        assertThat(get("cold").asUtf8String()).isEqualTo("ice");
        assertThat(s3.headObject(h -> h.bucket(bucket).key("cold")).restore()).startsWith("ongoing-request=\"false\"");
    }
}
