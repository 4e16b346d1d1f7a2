package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The requests of a day, as Storage Lens tells of them.
@OnCloud(alone = true)
@Tag("acceptance")
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class LensActivityTest {
    private static final String ENABLED = "<IsEnabled>true</IsEnabled>";

    private final TestCloud cloud;
    private final S3Client s3;
    private final String bucket;
    private final String reports;

    LensActivityTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
        this.bucket = "asked-" + cloud.account();
        this.reports = "told-" + cloud.account();
    }

    private void dashboard() throws IOException {
        String document = """
                <PutStorageLensConfigurationRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">
                <StorageLensConfiguration><Id>mine</Id><AccountLevel><ActivityMetrics>%s</ActivityMetrics>
                <BucketLevel><ActivityMetrics>%s</ActivityMetrics>
                <DetailedStatusCodesMetrics>%s</DetailedStatusCodesMetrics></BucketLevel></AccountLevel>
                <DataExport><S3BucketDestination><Format>CSV</Format><OutputSchemaVersion>V_1</OutputSchemaVersion>
                <AccountId>%s</AccountId><Arn>arn:aws:s3:::%s</Arn></S3BucketDestination></DataExport>%s
                </StorageLensConfiguration></PutStorageLensConfigurationRequest>""".formatted(ENABLED, ENABLED, ENABLED, cloud.account(), reports, ENABLED);
        Sent sent = Sent.post("/v20180820/storagelens/mine", "application/xml", document);
        Answer answer = cloud.exchange(new Sent("PUT", sent.target(), sent.headers(), sent.body())
                .with("x-amz-account-id", cloud.account())
                .by(cloud.account(), "us-east-1", "s3"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void ask() {
        s3.putObject(p -> p.bucket(bucket).key("k"), RequestBody.fromString("content"));
        s3.headObject(h -> h.bucket(bucket).key("k"));
        s3.getObjectAsBytes(g -> g.bucket(bucket).key("k").range("bytes=0-3"));
        s3.listObjectsV2(l -> l.bucket(bucket));
        s3.deleteObject(d -> d.bucket(bucket).key("k"));
        assertThatThrownBy(() -> s3.headObject(g -> g.bucket(bucket).key("none")));
    }

    /// The lines of the export that are about requests.
    private List<String> told() {
        String file = s3.listObjectsV2(l -> l.bucket(reports)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".csv"))
                .findFirst()
                .orElseThrow();
        return s3.getObjectAsBytes(g -> g.bucket(reports).key(file))
                .asUtf8String()
                .lines()
                .filter(line -> line.matches(".*(Requests|Errors?|StatusCount|ErrorCount|loaded),\\d+"))
                .toList();
    }

    @Test
    void requestsAreToldByKindBytesAndStatus() throws IOException {
        cloud.world().freezeClock();
        s3.createBucket(b -> b.bucket(bucket));
        s3.createBucket(b -> b.bucket(reports));
        s3.putBucketPolicy(p -> p.bucket(reports).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject",
                 "Principal": {"Service": "storage-lens.s3.amazonaws.com"},
                 "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(reports)));
        s3.putObject(p -> p.bucket(bucket).key("uncounted"), RequestBody.fromString("before"));
        dashboard();
        ask();
        cloud.advance(Duration.ofDays(1));

        List<String> lines = told();
        String head = ",us-east-1,,BUCKET,," + bucket + ',';
        assertThat(lines)
                .filteredOn(line -> line.contains(head) && !line.contains("BytesDownloaded"))
                .extracting(line -> line.substring(line.indexOf(head) + head.length()))
                .containsExactlyInAnyOrder(
                        "AllRequests,6",
                        "PutRequests,1",
                        "HeadRequests,2",
                        "GetRequests,1",
                        "ListRequests,1",
                        "DeleteRequests,1",
                        "BytesUploaded,7",
                        "4xxErrors,1",
                        "200OKStatusCount,3",
                        "206PartialContentStatusCount,1",
                        "404NotFoundErrorCount,1");
        assertThat(lines)
                .filteredOn(line -> line.contains(",us-east-1,,ACCOUNT,,,"))
                .anyMatch(line -> line.contains("AllRequests,"))
                .noneMatch(line -> line.contains("StatusCount"));
    }
}
