package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies, paths and queries that are not what their protocol asks for get a 4xx.
@OnCloud
class MalformedRequestTest {
    private final TestCloud cloud;

    MalformedRequestTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"json", "cbor", "query", "rest"})
    void isRefused(String name, Sent request) throws IOException {
        Answer answer = cloud.exchange(request);

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.text()).doesNotContain("Exception in", "\tat ", "java.lang");
    }

    static Stream<Arguments> json() {
        return Stream.of(
                json("nothing closed", "{\"QueueName\":"),
                json("not JSON", "QueueName=q"),
                json("an array", "[]"),
                json("a number for text", "{\"QueueName\": {\"a\": 1}}"),
                json("text for a map", "{\"QueueName\":\"q\",\"Attributes\":\"x\"}"),
                json("more after the end", "{\"QueueName\":\"q\"} {\"x\""),
                json("deep arrays", "{\"QueueName\":" + "[".repeat(100_000)),
                json("deep objects", "{\"x\":".repeat(100_000)),
                json("a lone surrogate half cut", "{\"QueueName\":\"\\ud8"),
                json("bad UTF-8", new byte[] {'{', '"', 'Q', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'}),
                json("a control character", "{\"QueueName\":\"a\u0001b\"}"),
                json(
                        "a huge number",
                        "{\"QueueName\":\"q\",\"Attributes\":{\"DelaySeconds\":" + "9".repeat(20_000) + "}}"),
                json("no required member", "{}"),
                json("UTF-16", "{\"QueueName\":\"q\"}".getBytes(StandardCharsets.UTF_16LE)));
    }

    private static Arguments json(String name, String body) {
        return json(name, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments json(String name, byte[] body) {
        Sent request = Sent.post("/", "application/x-amz-json-1.0", body).with("X-Amz-Target", "AmazonSQS.CreateQueue");
        return Arguments.of("json: " + name, request.by("test", "us-east-1", "sqs"));
    }

    static Stream<Arguments> cbor() {
        return Stream.of(
                cbor("cut short", new byte[] {(byte) 0xa1, 0x6a, 'n'}),
                cbor("an absurd length", new byte[] {(byte) 0xbb, 127, -1, -1, -1, -1, -1, -1, -1}),
                cbor("an absurd string", new byte[] {(byte) 0xa1, 0x7b, 127, -1, -1, -1, -1, -1, -1, -1}),
                cbor("deep arrays", deep((byte) 0x81)),
                cbor("deep tags", deep((byte) 0xc1)),
                cbor("a break alone", new byte[] {(byte) 0xff}),
                cbor("JSON", "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] deep(byte level) {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, level);
        bytes[0] = (byte) 0xa1;
        bytes[1] = 0x61;
        bytes[2] = 'x';
        return bytes;
    }

    private static Arguments cbor(String name, byte[] body) {
        Sent request = Sent.post(
                        "/service/GraniteServiceVersion20100801/operation/ListMetrics", "application/cbor", body)
                .with("smithy-protocol", "rpc-v2-cbor");
        return Arguments.of("cbor: " + name, request.by("test", "us-east-1", "monitoring"));
    }

    static Stream<Arguments> query() {
        String create = "Version=2012-11-05&Action=CreateQueue&";
        return Stream.of(
                query("no action", "Version=2012-11-05"),
                query("an unknown action", "Version=2012-11-05&Action=DropTables"),
                query("half an escape", create + "QueueName=%4"),
                query("a wrong escape", create + "QueueName=%zz"),
                query("escaped bad UTF-8", create + "QueueName=%ff%fe"),
                query("deep names", create + "a.".repeat(100_000) + "=1"),
                query("an absurd index", create + "QueueName=q&Attribute.99999999999999999999.Name=x"),
                query("text for a number", "Version=2012-11-05&Action=ReceiveMessage&QueueUrl=x&WaitTimeSeconds=soon"),
                query("a map without keys", create + "QueueName=q&Attribute.1.Value=x"),
                query("bytes", "\u0000\u0001\u0002"));
    }

    private static Arguments query(String name, String body) {
        Sent request = Sent.post("/", "application/x-www-form-urlencoded", body);
        return Arguments.of("query: " + name, request.by("test", "us-east-1", "sqs"));
    }

    static Stream<Arguments> rest() {
        return Stream.of(
                xml("not XML", "{}"),
                xml("not closed", "<CORSConfiguration><CORSRule>"),
                xml("a bomb", bomb()),
                xml("an external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"),
                xml("an external document type", "<!DOCTYPE a SYSTEM \"http://localhost:1/a.dtd\"><a/>"),
                xml("deep elements", "<a>".repeat(100_000)),
                xml("many attributes cut short", "<a " + "b=\"c\" ".repeat(10_000)),
                xml("a wrong encoding", "<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>"),
                xml("bad characters", "<a>\u0000</a>"),
                path("bad percent in the path", "/bucket/%zz"),
                path("bad UTF-8 in the path", "/bucket/%ff%fe?uploads=%ff"),
                lambda("bad JSON", "{\"FunctionName\": tru"),
                lambda("deep JSON", "{\"Environment\":{\"Variables\":" + "{\"a\":".repeat(50_000)),
                lambda("a list", "[1,2]"));
    }

    private static String bomb() {
        var text = new StringBuilder("<!DOCTYPE b [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            String one = "&a" + (i - 1) + ";";
            text.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(one.repeat(10))
                    .append("\">");
        }
        return text.append("]><CORSConfiguration>&a29;</CORSConfiguration>").toString();
    }

    private static Arguments xml(String name, String body) {
        Sent request = new Sent("PUT", "/bucket?cors", new LinkedHashMap<>(), body.getBytes(StandardCharsets.UTF_8))
                .with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        return Arguments.of("xml: " + name, request.by("test", "us-east-1", "s3"));
    }

    private static Arguments path(String name, String target) {
        return Arguments.of("path: " + name, Sent.get(target).by("test", "us-east-1", "s3"));
    }

    private static Arguments lambda(String name, String body) {
        Sent request = Sent.post("/2015-03-31/functions", "application/json", body);
        return Arguments.of("rest json: " + name, request.by("test", "us-east-1", "lambda"));
    }
}
