package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/// What browsers do with buckets: visit them as websites, ask whether pages of elsewhere may use them, and
/// upload by forms.
@OnCloud
@Tag("acceptance")
class BrowserTest {
    private final TestCloud cloud;
    private final S3Client s3;
    private final String bucket;

    BrowserTest(TestCloud cloud, S3Client s3) {
        this.cloud = cloud;
        this.s3 = s3;
        this.bucket = "browsed-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
        s3.deletePublicAccessBlock(b -> b.bucket(bucket));
        s3.putBucketPolicy(b -> b.bucket(bucket).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
                 "Resource": ["arn:aws:s3:::%s/*", "arn:aws:s3:::%s"]}]}""".formatted(bucket, bucket)));
    }

    private void put(String key, String content) {
        s3.putObject(p -> p.bucket(bucket).key(key).contentType("text/html"), RequestBody.fromString(content));
    }

    private Answer visit(String path) throws IOException {
        return cloud.exchange(Sent.get(path)
                .with(
                        "Host",
                        bucket + ".s3-website-us-east-1.localhost:"
                                + cloud.server().port()));
    }

    @Test
    void aWebsiteShowsItsPages() throws IOException {
        s3.putBucketWebsite(b -> b.bucket(bucket)
                .websiteConfiguration(
                        w -> w.indexDocument(i -> i.suffix("index.html")).errorDocument(e -> e.key("error.html"))));
        put("index.html", "home");
        put("docs/index.html", "docs");
        put("error.html", "lost");

        assertThat(visit("/")).returns(200, Answer::status).returns("home", Answer::text);
        assertThat(visit("/docs/").text()).isEqualTo("docs");
        assertThat(visit("/docs").status()).isEqualTo(302);
        assertThat(visit("/docs").field("location")).isEqualTo("/docs/");
        assertThat(visit("/nowhere")).returns(404, Answer::status).returns("lost", Answer::text);
        assertThat(visit("/").field("content-type")).isEqualTo("text/html");
    }

    private Answer preflight(String origin, String method) throws IOException {
        return cloud.exchange(new Sent("OPTIONS", "/" + bucket + "/key", new LinkedHashMap<>(), new byte[0])
                .with("Origin", origin)
                .with("Access-Control-Request-Method", method));
    }

    @Test
    void pagesOfElsewhereNeedTheBucketsLeave() throws IOException {
        put("key", "content");
        s3.putBucketCors(b -> b.bucket(bucket)
                .corsConfiguration(c -> c.corsRules(CORSRule.builder()
                        .allowedMethods("GET")
                        .allowedOrigins("http://*.example.com")
                        .exposeHeaders("ETag")
                        .build())));

        Answer allowed = preflight("http://www.example.com", "GET");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.field("access-control-allow-origin")).isEqualTo("http://www.example.com");
        assertThat(preflight("http://www.example.com", "PUT").status()).isEqualTo(403);
        assertThat(preflight("http://example.org", "GET").text()).contains("<Code>AccessForbidden</Code>");
        Answer read = cloud.exchange(Sent.get("/" + bucket + "/key").with("Origin", "http://www.example.com"));
        assertThat(read.text()).isEqualTo("content");
        assertThat(read.field("access-control-expose-headers")).isEqualTo("ETag");
    }

    @Test
    void aFormPutsAnObject() throws IOException {
        String form = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nup/${filename}\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"success_action_status\"\r\n\r\n201\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nposted\r\n--b--\r\n";
        Answer answer = cloud.exchange(Sent.post("/" + bucket, "multipart/form-data; boundary=b", form));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).contains("<Key>up/a.txt</Key>");
        assertThat(s3.getObjectAsBytes(g -> g.bucket(bucket).key("up/a.txt")).asUtf8String())
                .isEqualTo("posted");
        String nameless = form.replace("name=\"key\"", "name=\"x-ignore-key\"");
        assertThat(cloud.exchange(Sent.post("/" + bucket, "multipart/form-data; boundary=b", nameless))
                        .text())
                .contains("Bucket POST must contain a field named 'key'");
    }
}
