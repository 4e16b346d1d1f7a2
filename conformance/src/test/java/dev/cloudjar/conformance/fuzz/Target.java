package dev.cloudjar.conformance.fuzz;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.conformance.events.Parrot;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.TreeStore;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A parser under fuzz, and a way to it for any bytes.
enum Target {
    JSON("/", "application/x-amz-json-1.0", "X-Amz-Target", "AmazonSQS.CreateQueue"),
    QUERY("/", "application/x-www-form-urlencoded"),
    CBOR(
            "/service/GraniteServiceVersion20100801/operation/ListMetrics",
            "application/cbor",
            "smithy-protocol",
            "rpc-v2-cbor"),
    REST_JSON("/2015-03-31/functions", "application/json"),
    REST_XML("/bucket", "application/xml", "x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
    CHUNKED("/bucket/key", "text/plain", "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
    POLICY("/", "application/x-www-form-urlencoded"),
    EXPRESSION("/", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810.Query"),
    PARTIQL("/", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810.ExecuteStatement"),
    EVENTS(
            "/bots/B123456789/botAliases/A123456789/botLocales/en_US/sessions/session/conversation",
            "application/vnd.amazon.eventstream"),
    TOKEN("/", "application/x-amz-json-1.0", "X-Amz-Target", "AmazonSQS.ListQueues"),
    SIGNATURE("/", "application/x-amz-json-1.0", "X-Amz-Target", "AmazonSQS.ListQueues"),
    ARN("", ""),
    JOURNAL("", "");

    private static final String TABLE = "{\"TableName\": \"fuzz\", \"BillingMode\": \"PAY_PER_REQUEST\","
            + " \"KeySchema\": [{\"AttributeName\": \"a\", \"KeyType\": \"HASH\"}],"
            + " \"AttributeDefinitions\": [{\"AttributeName\": \"a\", \"AttributeType\": \"S\"}]}";

    private final String path;
    private final String contentType;
    private final String header;
    private final String value;

    Target(String path, String contentType) {
        this(path, contentType, "Accept", "*/*");
    }

    Target(String path, String contentType, String header, String value) {
        this.path = path;
        this.contentType = contentType;
        this.header = header;
        this.value = value;
    }

    static Target of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// A cloud that has the parser; `failed` hears of what is its own fault.
    Cloud open(Consumer<Throwable> failed) throws IOException {
        return this == EVENTS
                ? Cloud.of(List.of(Parrot.ENTRY), List.of("--memory", "--port", "0"), failed)
                : Cloud.embed(List.of(), failed);
    }

    /// The header of a caller whose key nobody checks.
    private String key() {
        String service = switch (this) {
            case REST_XML, CHUNKED -> "s3";
            case POLICY -> "iam";
            case EXPRESSION, PARTIQL -> "dynamodb";
            case EVENTS -> "lex";
            case REST_JSON -> "lambda";
            case CBOR -> "monitoring";
            case JSON, QUERY, TOKEN, SIGNATURE, ARN, JOURNAL -> "sqs";
        };
        return "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
    }

    /// Makes the bucket and the table without which some parsers would not be asked.
    void prepare(Cloud cloud) throws IOException {
        var create = Headers.of("Authorization", key());
        if (this == EXPRESSION || this == PARTIQL) {
            create.add("Content-Type", contentType).add("X-Amz-Target", "DynamoDB_20120810.CreateTable");
            cloud.handle(request("POST", "/", "", create, TABLE.getBytes(StandardCharsets.UTF_8)));
        } else if (this == REST_XML || this == CHUNKED) {
            cloud.handle(request("PUT", "/bucket", "", create, new byte[0]));
        }
    }

    private static HttpRequest request(String method, String path, String query, Headers headers, byte[] body) {
        headers.add("Content-Length", Integer.toString(body.length));
        var peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
        return new HttpRequest(method, "localhost", path, query, headers, Body.of(Blob.of(body)), peer);
    }

    /// Has the parser read `bytes`. It fails where the cloud would answer that something is its own fault.
    void feed(Cloud cloud, byte[] bytes) throws IOException {
        switch (this) {
            case ARN -> Arn.parse(new String(bytes, StandardCharsets.UTF_8));
            case JOURNAL -> journal(bytes);
            default -> {
                HttpResponse response = cloud.handle(request(bytes));
                if (response.status() == 500) {
                    throw new IllegalStateException("500 for " + Arrays.toString(bytes));
                }
                if (this == EVENTS) {
                    response.body().open().transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private HttpRequest request(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String line = text.replaceAll("[\\r\\n\\u0000]", " ");
        var all = Headers.of("Content-Type", contentType, "Authorization", this == SIGNATURE ? line : key());
        all.add(header, value);
        byte[] body = body(bytes, text);
        if (this == CHUNKED) {
            all.add("Content-Encoding", "aws-chunked").add("x-amz-decoded-content-length", "5");
        }
        boolean rest = this == REST_XML || this == CHUNKED;
        return request(rest ? "PUT" : "POST", path, this == REST_XML ? "lifecycle" : "", all, body);
    }

    private byte[] body(byte[] bytes, String text) {
        return switch (this) {
            case SIGNATURE -> "{}".getBytes(StandardCharsets.UTF_8);
            case TOKEN -> json("{\"MaxResults\": 1, \"NextToken\": ", text, "}");
            case EXPRESSION -> json("{\"TableName\": \"fuzz\", \"KeyConditionExpression\": ", text, "}");
            case PARTIQL -> json("{\"Statement\": ", text, "}");
            case POLICY ->
                ("Action=CreatePolicy&Version=2010-05-08&PolicyName=p&PolicyDocument=" + percent(text))
                        .getBytes(StandardCharsets.UTF_8);
            case JSON, QUERY, CBOR, REST_JSON, REST_XML, CHUNKED, EVENTS, ARN, JOURNAL -> bytes;
        };
    }

    private static byte[] json(String before, String text, String after) {
        String quoted = text.replaceAll("[\\p{Cntrl}\"\\\\]", "?");
        return (before + '"' + quoted + '"' + after).getBytes(StandardCharsets.UTF_8);
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A journal that is damaged is opened as far as it goes, or refused by name.
    private static void journal(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("journal");
        try {
            Files.write(folder.resolve("00000001.journal"), bytes);
            TreeStore.open(folder, Durability.OS, line -> {}).close();
        } catch (StoreException refused) {
            if (refused.getMessage() == null) {
                throw refused;
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
