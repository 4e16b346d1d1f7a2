package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Tables go to real buckets and come back from them, in the name of whoever asks.
@OnCloud
@Tag("acceptance")
class BucketTransferTest {
    private static final List<AttributeDefinition> DEFINED = List.of(AttributeDefinition.builder()
            .attributeName("id")
            .attributeType(ScalarAttributeType.S)
            .build());
    private static final List<KeySchemaElement> KEYS = List.of(
            KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build());

    private final TestCloud cloud;
    private final DynamoDbClient dynamoDb;
    private final IamClient iam;
    private final S3Client s3;
    private final String bucket;

    BucketTransferTest(TestCloud cloud, DynamoDbClient dynamoDb, IamClient iam, S3Client s3) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
        this.iam = iam;
        this.s3 = s3;
        this.bucket = "transfers-" + cloud.account();
    }

    @BeforeEach
    void makeTheBucket() {
        s3.createBucket(b -> b.bucket(bucket));
    }

    private String table(String name) {
        TableDescription made = dynamoDb.createTable(t -> t.tableName(name)
                        .attributeDefinitions(DEFINED)
                        .keySchema(KEYS)
                        .billingMode("PAY_PER_REQUEST"))
                .tableDescription();
        return made.tableArn();
    }

    private String recoverable(String name) {
        String arn = table(name);
        dynamoDb.updateContinuousBackups(
                u -> u.tableName(name).pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
        return arn;
    }

    private ExportDescription exported(String arn) {
        return dynamoDb.waiter()
                .waitUntilExportCompleted(e -> e.exportArn(arn))
                .matched()
                .response()
                .orElseThrow()
                .exportDescription();
    }

    private static TableCreationParameters creating(String name) {
        return TableCreationParameters.builder()
                .tableName(name)
                .attributeDefinitions(DEFINED)
                .keySchema(KEYS)
                .billingMode("PAY_PER_REQUEST")
                .build();
    }

    @Test
    void anExportOfATableIsImportedAsAnother() {
        String arn = recoverable("source");
        dynamoDb.putItem(p -> p.tableName("source")
                .item(Map.of("id", AttributeValue.fromS("a"), "count", AttributeValue.fromN("7"))));

        ExportDescription export = exported(dynamoDb.exportTableToPointInTime(
                        e -> e.tableArn(arn).s3Bucket(bucket).s3Prefix("out").exportFormat(ExportFormat.ION))
                .exportDescription()
                .exportArn());
        String data = export.exportManifest().replace("manifest-summary.json", "data/");
        ImportTableDescription begun = dynamoDb.importTable(i -> i.inputFormat(InputFormat.ION)
                        .inputCompressionType(InputCompressionType.GZIP)
                        .s3BucketSource(s -> s.s3Bucket(bucket).s3KeyPrefix(data))
                        .tableCreationParameters(creating("target")))
                .importTableDescription();
        ImportTableDescription done = dynamoDb.waiter()
                .waitUntilImportCompleted(i -> i.importArn(begun.importArn()))
                .matched()
                .response()
                .orElseThrow()
                .importTableDescription();

        assertThat(s3.listObjectsV2(l -> l.bucket(bucket).prefix("out/")).contents().stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(key.lastIndexOf('/') + 1)))
                .contains("_started", "manifest-summary.json", "manifest-files.json");
        assertThat(done.importedItemCount()).isEqualTo(1);
        assertThat(dynamoDb.scan(q -> q.tableName("target")).items())
                .isEqualTo(dynamoDb.scan(q -> q.tableName("source")).items());
        assertThat(dynamoDb.listExports(l -> l.tableArn(arn)).exportSummaries()).hasSize(1);
        assertThat(dynamoDb.listImports(l -> l.tableArn(begun.tableArn())).importSummaryList())
                .hasSize(1);
    }

    @Test
    void aCsvFileBecomesATable() {
        s3.putObject(p -> p.bucket(bucket).key("csv/people"), RequestBody.fromString("id,name\n1,Ann\n2,Bob\n"));

        dynamoDb.importTable(i -> i.inputFormat(InputFormat.CSV)
                .s3BucketSource(s -> s.s3Bucket(bucket).s3KeyPrefix("csv/"))
                .tableCreationParameters(creating("people")));

        assertThat(dynamoDb.getItem(g -> g.tableName("people").key(Map.of("id", AttributeValue.fromS("2"))))
                        .item())
                .containsEntry("name", AttributeValue.fromS("Bob"));
    }

    @Test
    void whoMayNotWriteToTheBucketDoesNotExport() {
        String arn = recoverable("secret");
        iam.createUser(u -> u.userName("exporter"));
        iam.putUserPolicy(p -> p.userName("exporter")
                .policyName("export")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"dynamodb:*\",\"Resource\":\"*\"}]}"));
        var key = iam.createAccessKey(k -> k.userName("exporter")).accessKey();
        DynamoDbClient theirs = Clients.with(
                DynamoDbClient.builder(), cloud, AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));

        String export = theirs.exportTableToPointInTime(
                        e -> e.tableArn(arn).s3Bucket(bucket).s3Prefix("stolen"))
                .exportDescription()
                .exportArn();

        assertThat(theirs.describeExport(e -> e.exportArn(export))
                        .exportDescription()
                        .failureCode())
                .isEqualTo("S3AccessDenied");
        assertThat(s3.listObjectsV2(l -> l.bucket(bucket).prefix("stolen")).contents())
                .isEmpty();
    }

    @Test
    void aTableWithoutRecoveryIsNotExported() {
        String arn = table("plain");

        assertThatThrownBy(() ->
                        dynamoDb.exportTableToPointInTime(e -> e.tableArn(arn).s3Bucket(bucket)))
                .isInstanceOf(PointInTimeRecoveryUnavailableException.class)
                .hasMessageContaining("Point in time recovery is not enabled for table 'plain'");
    }
}
