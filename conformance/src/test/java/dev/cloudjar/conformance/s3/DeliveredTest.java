package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpressionType;
import software.amazon.awssdk.services.s3.model.InventoryFormat;
import software.amazon.awssdk.services.s3.model.InventoryFrequency;
import software.amazon.awssdk.services.s3.model.InventoryIncludedObjectVersions;
import software.amazon.awssdk.services.s3.model.InventoryOptionalField;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.PartitionDateSource;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;

/// What S3 writes into buckets by itself: access logs and inventories.
@OnCloud(alone = true)
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class DeliveredTest {
    private final TestCloud cloud;
    private final S3Client s3;

    DeliveredTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
    }

    private String create(String name) {
        String bucket = name + "-" + cloud.account();
        s3.createBucket(b -> b.bucket(bucket));
        return bucket;
    }

    private void letIn(String service, String bucket) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "%s"},
                 "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/*",
                 "Condition": {"StringEquals": {"aws:SourceAccount": "%s"}}}]}""".formatted(service, bucket, cloud.account());
        s3.putBucketPolicy(p -> p.bucket(bucket).policy(policy));
    }

    private List<String> keys(String bucket, String prefix) {
        return s3.listObjectsV2(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private String text(String bucket, String key) {
        return s3.getObjectAsBytes(g -> g.bucket(bucket).key(key)).asUtf8String();
    }

    @Test
    void requestsAreWrittenIntoALogThatTheTargetLetsIn() {
        String logged = create("logged");
        String logs = create("logs");
        letIn("logging.s3.amazonaws.com", logs);
        s3.putBucketLogging(p -> p.bucket(logged)
                .bucketLoggingStatus(
                        l -> l.loggingEnabled(e -> e.targetBucket(logs).targetPrefix("all/"))));
        s3.putObject(p -> p.bucket(logged).key("a key"), RequestBody.fromString("content"));
        s3.getObjectAsBytes(g -> g.bucket(logged).key("a key"));
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> s3.getObjectAsBytes(g -> g.bucket(logged).key("none")))
                .hasMessageContaining("The specified key does not exist");
        cloud.advance(Duration.ofMinutes(1));

        String key = keys(logs, "all/").getFirst();
        assertThat(key).matches("all/\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9A-F]{16}");
        List<String> lines = text(logs, key).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains(" REST.PUT.LOGGING_STATUS - ");
        assertThat(lines.get(1))
                .matches("[0-9a-f]{64} " + logged + " \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] \\S+"
                        + " [0-9a-f]{64} [0-9A-F]{16} REST\\.PUT\\.OBJECT a\\+key \"PUT /" + logged
                        + "/a%20key HTTP/1.1\" 200 - - 7 .* SigV4 - AuthHeader \\S+ - - - us-east-1");
        assertThat(lines.get(2)).contains(" REST.GET.OBJECT a+key ").contains(" 200 - 7 7 ");
        assertThat(lines.get(3)).contains(" REST.GET.OBJECT none ").contains(" 404 NoSuchKey ");
    }

    @Test
    void aLogIsNotWrittenWhereNobodyLetsItInAndIsWhereTheListOfTheBucketDoes() {
        String logged = create("knocking");
        String logs = create("closed");
        s3.putBucketLogging(p -> p.bucket(logged)
                .bucketLoggingStatus(l -> l.loggingEnabled(e -> e.targetBucket(logs)
                        .targetPrefix("")
                        .targetObjectKeyFormat(f ->
                                f.partitionedPrefix(x -> x.partitionDateSource(PartitionDateSource.EVENT_TIME))))));
        cloud.advance(Duration.ofMinutes(1));
        assertThat(keys(logs, "")).isEmpty();

        s3.putBucketOwnershipControls(p -> p.bucket(logs)
                .ownershipControls(c -> c.rules(r -> r.objectOwnership(ObjectOwnership.BUCKET_OWNER_PREFERRED))));
        s3.putBucketAcl(p -> p.bucket(logs).acl("log-delivery-write"));
        s3.headBucket(h -> h.bucket(logged));
        cloud.advance(Duration.ofMinutes(1));
        assertThat(keys(logs, cloud.account() + "/us-east-1/" + logged + "/"))
                .singleElement()
                .asString()
                .matches(".*/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\d-00-00-00-[0-9A-F]{16}");
    }

    @Test
    void anInventoryListsABucketAtMidnight() {
        String listed = create("listed");
        String lists = create("lists");
        letIn("s3.amazonaws.com", lists);
        s3.putObject(p -> p.bucket(listed).key("in/a b"), RequestBody.fromString("content"));
        s3.putObject(p -> p.bucket(listed).key("out"), RequestBody.fromString("content"));
        s3.putBucketInventoryConfiguration(p -> p.bucket(listed)
                .id("daily")
                .inventoryConfiguration(i -> i.id("daily")
                        .isEnabled(true)
                        .filter(f -> f.prefix("in/"))
                        .includedObjectVersions(InventoryIncludedObjectVersions.ALL)
                        .optionalFields(InventoryOptionalField.SIZE, InventoryOptionalField.ENCRYPTION_STATUS)
                        .schedule(s -> s.frequency(InventoryFrequency.DAILY))
                        .destination(d -> d.s3BucketDestination(b -> b.bucket("arn:aws:s3:::" + lists)
                                .format(InventoryFormat.CSV)
                                .prefix("inv")))));
        cloud.advance(Duration.ofDays(1));

        String folder = "inv/" + listed + "/daily/";
        String manifest = keys(lists, folder).stream()
                .filter(key -> key.endsWith("T00-00Z/manifest.json"))
                .findFirst()
                .orElseThrow();
        assertThat(text(lists, manifest))
                .contains(
                        "\"fileSchema\":\"Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, EncryptionStatus\"");
        assertThat(text(lists, manifest.replace(".json", ".checksum"))).hasSize(32);
        String data = keys(lists, folder + "data/").getFirst();
        assertThat(text(lists, manifest)).contains(data);
        assertThat(unzipped(lists, data))
                .isEqualTo("\"" + listed + "\",\"in/a+b\",\"\",\"true\",\"false\",\"7\",\"SSE-S3\"\n");
        cloud.advance(Duration.ofDays(1));
        assertThat(keys(lists, folder).stream().filter(key -> key.endsWith("manifest.json")))
                .hasSize(2);
    }

    private String unzipped(String bucket, String key) {
        try (var in = new GZIPInputStream(s3.getObject(g -> g.bucket(bucket).key(key)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anInventoryInColumnsIsReadByAQuery() {
        String listed = create("columns");
        String lists = create("tables");
        letIn("s3.amazonaws.com", lists);
        s3.putObject(p -> p.bucket(listed).key("a b"), RequestBody.fromString("content"));
        for (InventoryFormat format : List.of(InventoryFormat.PARQUET, InventoryFormat.ORC)) {
            s3.putBucketInventoryConfiguration(p -> p.bucket(listed)
                    .id(format.toString())
                    .inventoryConfiguration(i -> i.id(format.toString())
                            .isEnabled(true)
                            .includedObjectVersions(InventoryIncludedObjectVersions.CURRENT)
                            .optionalFields(InventoryOptionalField.SIZE, InventoryOptionalField.LAST_MODIFIED_DATE)
                            .schedule(x -> x.frequency(InventoryFrequency.DAILY))
                            .destination(d -> d.s3BucketDestination(
                                    b -> b.bucket("arn:aws:s3:::" + lists).format(format)))));
        }
        cloud.advance(Duration.ofDays(1));

        String parquet = keys(lists, listed + "/Parquet/data/").getFirst();
        assertThat(parquet).endsWith(".parquet");
        assertThat(select(lists, parquet, "SELECT s.key, s.size FROM S3Object s WHERE s.bucket = '" + listed + "'"))
                .isEqualTo("a b,7\n");
        String orc = keys(lists, listed + "/ORC/data/").getFirst();
        byte[] bytes = s3.getObjectAsBytes(g -> g.bucket(lists).key(orc)).asByteArray();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .startsWith("ORC")
                .contains("a b")
                .contains("last_modified_date");
        String manifest = keys(lists, listed + "/ORC/").stream()
                .filter(key -> key.endsWith("manifest.json"))
                .findFirst()
                .orElseThrow();
        assertThat(text(lists, manifest))
                .contains("struct<bucket:string,key:string,size:bigint,last_modified_date:timestamp>");
    }

    private String select(String bucket, String key, String query) {
        var text = new StringBuilder();
        try (var async = Clients.s3Async(cloud)) {
            async.selectObjectContent(
                            q -> q.bucket(bucket)
                                    .key(key)
                                    .expressionType(ExpressionType.SQL)
                                    .expression(query)
                                    .inputSerialization(i -> i.parquet(p -> {}))
                                    .outputSerialization(o -> o.csv(c -> {})),
                            SelectObjectContentResponseHandler.builder()
                                    .subscriber(SelectObjectContentResponseHandler.Visitor.builder()
                                            .onRecords(records -> text.append(
                                                    records.payload().asUtf8String()))
                                            .build())
                                    .build())
                    .join();
        }
        return text.toString();
    }

    @Test
    void anAnalysisGrowsByADayEachMidnight() {
        String studied = create("studied");
        String studies = create("studies");
        letIn("s3.amazonaws.com", studies);
        s3.putObject(p -> p.bucket(studied).key("in/1"), RequestBody.fromBytes(new byte[1 << 20]));
        s3.putObject(p -> p.bucket(studied).key("out"), RequestBody.fromString("content"));
        s3.putBucketAnalyticsConfiguration(p -> p.bucket(studied)
                .id("all")
                .analyticsConfiguration(a -> a.id("all")
                        .filter(f -> f.prefix("in/"))
                        .storageClassAnalysis(x -> x.dataExport(e -> e.outputSchemaVersion("V_1")
                                .destination(d -> d.s3BucketDestination(b -> b.bucket("arn:aws:s3:::" + studies)
                                        .format("CSV")
                                        .prefix("days")))))));
        text(studied, "in/1");
        text(studied, "in/1");
        text(studied, "out");
        cloud.advance(Duration.ofDays(1));

        String key = keys(studies, "days/" + studied).getFirst();
        List<String> lines = text(studies, key).lines().toList();
        assertThat(lines.getFirst()).startsWith("Date,ConfigId,Filter,StorageClass,ObjectAge,ObjectCount,");
        assertThat(lines.subList(1, lines.size()))
                .anyMatch(line ->
                        line.matches("\\d{4}-\\d\\d-\\d\\d,all,in/,STANDARD,000-014,1,1\\.0000,1\\.0000,2\\.0000,2,,,"))
                .hasSize(2);
        cloud.advance(Duration.ofDays(1));
        assertThat(text(studies, key).lines()).hasSize(5);
    }
}
