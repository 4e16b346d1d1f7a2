package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/// A web page of somebody else's does not reach into a developer's cloud, and nobody breaks the admin API.
@OnCloud(alone = true)
class StrangerTest {
    private final TestCloud cloud;

    StrangerTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    private Sent list() {
        return Sent.post("/", "application/x-amz-json-1.0", "{}")
                .with("X-Amz-Target", "AmazonSQS.ListQueues")
                .by(cloud.account(), TestCloud.REGION, "sqs");
    }

    private static Sent reset() {
        return Sent.post("/_cloudjar/reset", "text/plain", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "null",
                "http://evil.example:4566",
                "nonsense"
            })
    void aForeignPageIsRefused(String origin) throws IOException {
        assertThat(cloud.exchange(list().with("Origin", origin)).status()).isEqualTo(403);
        assertThat(cloud.exchange(reset().with("Origin", origin)).status()).isEqualTo(403);
        assertThat(cloud.exchange(list().with("Origin", "http://localhost:3000"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:4566", "localhost.evil.example", "127.0.0.1.evil.example"})
    void aForeignHostIsRefused(String host) throws IOException {
        assertThat(cloud.exchange(list().with("Host", host)).status()).isEqualTo(403);
        assertThat(cloud.exchange(reset().with("Host", host)).status()).isEqualTo(403);
        assertThat(cloud.exchange(list().with("Host", "sqs.us-east-1.localhost"))
                        .status())
                .isEqualTo(200);
    }

    /// What a bucket shares with all pages is the bucket: not the cloud behind the same host name.
    @Test
    void aBucketThatIsOpenToAllPagesOpensNothingElse(S3Client s3) throws IOException {
        s3.createBucket(b -> b.bucket("open"));
        CORSRule all = CORSRule.builder()
                .allowedOrigins("*")
                .allowedHeaders("*")
                .allowedMethods("GET", "PUT", "POST")
                .build();
        s3.putBucketCors(b -> b.bucket("open").corsConfiguration(c -> c.corsRules(all)));
        String origin = "https://elsewhere.example";
        Sent upload = new Sent("PUT", "/open/key", Map.of("Origin", origin), new byte[3]);

        assertThat(cloud.exchange(upload.by(cloud.account(), TestCloud.REGION, "s3"))
                        .status())
                .isEqualTo(200);
        assertThat(cloud.exchange(upload.by(cloud.account(), TestCloud.REGION, "s3")
                                .with("Host", "evil.example"))
                        .status())
                .isEqualTo(403);
        for (Sent other : List.of(
                reset(), Sent.get("/_cloudjar/clock"), list(), Sent.post("/?Action=ListQueues", "text/plain", ""))) {
            Answer answer = cloud.exchange(other.with("Origin", origin).with("Host", "open.s3.localhost"));
            assertThat(answer.status()).as(other.target()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/_cloudjar/clock | ",
                "/_cloudjar/clock | {",
                "/_cloudjar/clock | []",
                "/_cloudjar/clock | {\"scale\": -1}",
                "/_cloudjar/clock | {\"scale\": \"fast\"}",
                "/_cloudjar/clock | {\"set\": \"yesterday\"}",
                "/_cloudjar/clock | {\"set\": \"+999999999-12-31T23:59:59Z\"}",
                "/_cloudjar/clock | {\"advance\": \"1 fortnight\"}",
                "/_cloudjar/clock | {\"advance\": \"-5d\"}",
                "/_cloudjar/clock | {\"advance\": \"PT99999999999999999H\"}",
                "/_cloudjar/clock | {\"advance\": \"1d\", \"freeze\": true}",
                "/_cloudjar/clock | {\"advance\": {\"a\": []}}",
                "/_cloudjar/clock | {\"smash\": true}",
                "/_cloudjar/nothing | {}",
                "/_cloudjar/../../etc/passwd | {}",
                "/_localstack/nothing | {}"
            })
    void theAdminApiRefusesNonsense(String path, String body) throws IOException {
        Answer answer = cloud.exchange(Sent.post(path, "application/json", body == null ? "" : body));

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.text()).contains("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "HEAD", "OPTIONS"})
    void theAdminApiRefusesOtherMethods(String method) throws IOException {
        var request = new Sent(method, "/_cloudjar/reset", Sent.get("/").headers(), new byte[0]);

        assertThat(cloud.exchange(request).status()).isBetween(400, 499);
    }

    @Test
    void theAdminApiIsThereForItsOwner() throws IOException {
        assertThat(cloud.exchange(Sent.get("/_cloudjar/health")).status()).isEqualTo(200);
        assertThat(cloud.exchange(Sent.get("/_cloudjar/clock")).status()).isEqualTo(200);
    }
}
