package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.CreateMultipartUploadOutput;
import dev.cloudjar.api.S3.CreateMultipartUploadRequest;
import dev.cloudjar.api.S3.PutBucketEncryptionRequest;
import dev.cloudjar.api.S3.PutBucketPolicyRequest;
import dev.cloudjar.api.S3.ServerSideEncryptionByDefault;
import dev.cloudjar.api.S3.ServerSideEncryptionConfiguration;
import dev.cloudjar.api.S3.ServerSideEncryptionRule;
import dev.cloudjar.api.S3.UploadPartRequest;
import dev.cloudjar.api.S3Control.AccountLevel;
import dev.cloudjar.api.S3Control.BucketLevel;
import dev.cloudjar.api.S3Control.Exclude;
import dev.cloudjar.api.S3Control.PrefixLevel;
import dev.cloudjar.api.S3Control.PrefixLevelStorageMetrics;
import dev.cloudjar.api.S3Control.PutStorageLensConfigurationRequest;
import dev.cloudjar.api.S3Control.S3BucketDestination;
import dev.cloudjar.api.S3Control.SelectionCriteria;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.api.S3Control.StorageLensDataExport;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A dashboard of Storage Lens comes every midnight as a file and a manifest into the bucket that lets it in.
class LensExportTest {
    private static final String FOLDER = "lens/StorageLens/" + S3UnderTest.ACCOUNT + "/mine/V_1/";

    private final S3UnderTest s3 = S3UnderTest.beside(new Entry("s3control", S3ControlService::new));

    @BeforeEach
    void create() {
        s3.createBucket("data");
        s3.createBucket("left-out");
        s3.createBucket("reports");
        s3.call(new PutBucketPolicyRequest().bucket("reports").policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject",
                 "Principal": {"Service": "storage-lens.s3.amazonaws.com"}, "Resource": "arn:aws:s3:::reports/*",
                 "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}]}"""));
        s3.version("data", "Enabled");
        s3.put("data", "a", "first");
        s3.put("data", "a", "second");
        s3.put("left-out", "b", "content");
        CreateMultipartUploadOutput upload =
                s3.call(new CreateMultipartUploadRequest().bucket("data").key("parts"));
        s3.call(new UploadPartRequest()
                .bucket("data")
                .key("parts")
                .uploadId(upload.uploadId().orElseThrow())
                .partNumber(1)
                .body(Body.of(Blob.of("part"))));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private void export(String format) {
        export(format, new BucketLevel());
    }

    private void export(String format, BucketLevel buckets) {
        s3.control(new PutStorageLensConfigurationRequest()
                .accountId(S3UnderTest.ACCOUNT)
                .configId("mine")
                .storageLensConfiguration(new StorageLensConfiguration()
                        .id("mine")
                        .isEnabled(true)
                        .accountLevel(new AccountLevel().bucketLevel(buckets))
                        .exclude(new Exclude().buckets(List.of("arn:aws:s3:::left-out", "arn:aws:s3:::reports")))
                        .dataExport(new StorageLensDataExport()
                                .s3BucketDestination(new S3BucketDestination()
                                        .arn("arn:aws:s3:::reports")
                                        .accountId(S3UnderTest.ACCOUNT)
                                        .format(format)
                                        .outputSchemaVersion("V_1")
                                        .prefix("lens")))));
    }

    private String only(String prefix) {
        List<String> found = s3.keys("reports").stream()
                .filter(key -> key.startsWith(prefix))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aDayOfMetricsIsALineAMetric() {
        s3.call(new PutBucketEncryptionRequest()
                .bucket("data")
                .serverSideEncryptionConfiguration(new ServerSideEncryptionConfiguration()
                        .rules(List.of(new ServerSideEncryptionRule()
                                .applyServerSideEncryptionByDefault(
                                        new ServerSideEncryptionByDefault().sseAlgorithm("aws:kms"))))));
        export("CSV");
        s3.pass(Duration.ofDays(1));

        String file = only(FOLDER + "reports/dt=2026-01-10/");
        List<String> lines = s3.get("reports", file).lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("version_number,configuration_id,report_date,aws_account_number,aws_region,storage_class,"
                        + "record_type,record_value,bucket_name,metric_name,metric_value");
        String head = "V_1,mine,2026-01-10,111122223333,us-east-1,STANDARD,";
        String settings = "V_1,mine,2026-01-10,111122223333,us-east-1,,";
        assertThat(lines)
                .contains(
                        head + "BUCKET,,data,StorageBytes,11",
                        head + "BUCKET,,data,ObjectCount,2",
                        head + "BUCKET,,data,CurrentVersionStorageBytes,6",
                        head + "BUCKET,,data,NonCurrentVersionStorageBytes,5",
                        head + "BUCKET,,data,IncompleteMultipartUploadStorageBytes,4",
                        head + "ACCOUNT,,,ObjectCount,2",
                        settings + "BUCKET,,data,VersioningEnabledBucketCount,1",
                        settings + "BUCKET,,data,ObjectOwnershipBucketOwnerEnforcedBucketCount,1",
                        settings + "BUCKET,,data,SSEKMSEnabledBucketCount,1",
                        settings + "ACCOUNT,,,VersioningEnabledBucketCount,1")
                .noneMatch(line -> line.contains("left-out") || line.contains("Accelera"));
        assertThat(s3.get("reports", only(FOLDER + "manifests/dt=2026-01-10/manifest.json")))
                .contains(
                        "\"sourceAccountId\":\"111122223333\"", "\"reportFormat\":\"CSV\"", "\"key\":\"" + file + '"');
        s3.pass(Duration.ofDays(1));
        only(FOLDER + "reports/dt=2026-01-11/");
    }

    @Test
    void prefixesThatHoldEnoughOfTheirBucketAreTold() {
        s3.put("data", "deep/er/x", "123456789");
        s3.put("data", "small/y", "1");
        export(
                "CSV",
                new BucketLevel()
                        .prefixLevel(new PrefixLevel()
                                .storageMetrics(new PrefixLevelStorageMetrics()
                                        .isEnabled(true)
                                        .selectionCriteria(new SelectionCriteria()
                                                .delimiter("/")
                                                .maxDepth(2)
                                                .minStorageBytesPercentage(20.0)))));
        s3.pass(Duration.ofDays(1));

        String head = "V_1,mine,2026-01-10,111122223333,us-east-1,STANDARD,";
        assertThat(s3.get("reports", only(FOLDER + "reports/dt=2026-01-10/")).lines())
                .contains(
                        head + "PREFIX,deep/,data,StorageBytes,9",
                        head + "PREFIX,deep/er/,data,ObjectCount,1",
                        head + "BUCKET,,data,ObjectCount,4")
                .noneMatch(line -> line.contains("small/"));
    }

    @Test
    void theSameComesInColumns() throws Exception {
        export("Parquet");
        s3.pass(Duration.ofDays(1));

        String file = only(FOLDER + "reports/dt=2026-01-10/");
        assertThat(file).endsWith(".par");
        assertThat(s3.get("reports", only(FOLDER + "manifests/dt=2026-01-10/manifest.json")))
                .contains("message s3.storage.lens { required binary version_number (UTF8); ")
                .contains("required int64 metric_value; }");
        assertThat(s3.get("reports", file)).startsWith("PAR1").endsWith("PAR1");
    }

    @Test
    void aDisabledDashboardIsNotExported() {
        export("CSV");
        s3.control(new PutStorageLensConfigurationRequest()
                .accountId(S3UnderTest.ACCOUNT)
                .configId("mine")
                .storageLensConfiguration(new StorageLensConfiguration()
                        .id("mine")
                        .isEnabled(false)
                        .accountLevel(new AccountLevel().bucketLevel(new BucketLevel()))));
        s3.pass(Duration.ofDays(1));

        assertThat(s3.keys("reports")).isEmpty();
    }
}
