package dev.cloudjar.wire.auth;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs requests as AWS's SDK for Java does, for the server to believe or not.
final class SdkSigner {
    private final Map<String, String> headers = new HashMap<>();
    private AwsCredentialsIdentity credentials = AwsCredentialsIdentity.create(Samples.ID, Samples.SECRET);
    private String method = "PUT";
    private String uri = "https://localhost:4566/bucket/a%20key//with%2Btwo/../dots?x=1&b=%20y&a";
    private String service = "s3";
    private String region = "us-east-1";
    private Instant at = Samples.NOW;
    private byte[] body = {};
    private boolean streamed;
    private boolean sendsPayload = true;
    private Consumer<SignRequest.Builder<AwsCredentialsIdentity>> properties = builder -> {};

    static SdkSigner s3() {
        return new SdkSigner()
                .with(builder -> builder.putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false));
    }

    static SdkSigner service(String name) {
        var signer = new SdkSigner();
        signer.service = name;
        signer.method = "POST";
        signer.uri = "http://localhost:4566/a%20path//./of/../things?x=1&b=%20y&a";
        return signer;
    }

    private SdkSigner with(Consumer<SignRequest.Builder<AwsCredentialsIdentity>> more) {
        properties = properties.andThen(more);
        return this;
    }

    SdkSigner method(String name) {
        method = name;
        return this;
    }

    SdkSigner uri(String text) {
        uri = text;
        return this;
    }

    SdkSigner region(String name) {
        region = name;
        return this;
    }

    SdkSigner insecure() {
        uri = uri.replace("https:", "http:");
        return this;
    }

    SdkSigner at(Instant instant) {
        at = instant;
        return this;
    }

    SdkSigner key(String id, String secret) {
        credentials = AwsCredentialsIdentity.create(id, secret);
        return this;
    }

    SdkSigner token(String token) {
        credentials = AwsSessionCredentialsIdentity.create(Samples.ID, Samples.SECRET, token);
        return this;
    }

    SdkSigner header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    SdkSigner body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    SdkSigner body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /// The body comes as a stream, as large ones do.
    SdkSigner streamed() {
        streamed = true;
        return this;
    }

    /// As the SDK's presigners do, which never have a body at hand.
    SdkSigner presigned(Duration lifetime) {
        sendsPayload = false;
        return unsignedPayload()
                .with(builder -> builder.putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, lifetime));
    }

    SdkSigner unsignedPayload() {
        return with(builder -> builder.putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false));
    }

    SdkSigner chunked() {
        return with(builder -> builder.putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true));
    }

    SdkSigner checksum(ChecksumAlgorithm algorithm) {
        return with(builder -> builder.putProperty(AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM, algorithm));
    }

    SdkSigner crc32() {
        return checksum(DefaultChecksumAlgorithm.CRC32);
    }

    HttpRequest sign() throws IOException {
        byte[] payload = body;
        SdkHttpFullRequest.Builder request =
                SdkHttpFullRequest.builder().uri(URI.create(uri)).method(SdkHttpMethod.fromValue(method));
        if (sendsPayload) {
            request.putHeader("Content-Length", Integer.toString(payload.length));
        }
        headers.forEach(request::putHeader);
        SignedRequest signed = AwsV4HttpSigner.create().sign(builder -> {
            if (sendsPayload) {
                builder.payload(ContentStreamProvider.fromByteArray(payload));
            }
            builder.request(request.build())
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC));
            builder.identity(credentials);
            properties.accept(builder);
        });
        return received(signed);
    }

    private HttpRequest received(SignedRequest signed) throws IOException {
        SdkHttpRequest request = signed.request();
        var received = new Headers();
        request.forEachHeader((name, values) -> values.forEach(value -> received.add(name, value)));
        byte[] bytes = {};
        if (signed.payload().isPresent()) {
            try (InputStream in = signed.payload().get().newStream()) {
                bytes = in.readAllBytes();
            }
        }
        Body arrived = streamed
                ? Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes))
                : Body.of(Blob.of(bytes));
        return new HttpRequest(
                method,
                received.get("Host").orElse("localhost:4566"),
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                received,
                arrived,
                Samples.PEER);
    }
}
