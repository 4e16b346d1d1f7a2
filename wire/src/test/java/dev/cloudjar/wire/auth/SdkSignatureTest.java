package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;

/// What AWS's own SDK signs is believed in every form it signs in, and is no more once anything in it has
/// changed.
class SdkSignatureTest {
    private static final Endpoint S3 = Samples.s3();
    private final Authenticator authenticator = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    @Test
    void aSignedHeaderIsBelieved() throws IOException {
        Authenticated answer = believe(SdkSigner.s3().body("hello").sign());

        assertThat(answer.identity())
                .isEqualTo(new Identity.Signed(
                        Samples.ID, Optional.empty(), Optional.of("us-east-1"), "s3", Optional.empty(), false));
        assertThat(text(answer)).isEqualTo("hello");
    }

    @Test
    void pathsOfOtherServicesAreNormalisedAndEncodedTwice() throws IOException {
        HttpRequest request = SdkSigner.service("lambda").body("{}").sign();

        Authenticated answer =
                authenticator.authenticate(request, Samples.plain("lambda", Protocol.REST_JSON), Samples.NOW);

        assertThat(text(answer)).isEqualTo("{}");
    }

    @Test
    void aStreamedBodyIsHashedForOtherServices() throws IOException {
        HttpRequest request = SdkSigner.service("lambda").body("{}").streamed().sign();

        Authenticated answer =
                authenticator.authenticate(request, Samples.plain("lambda", Protocol.REST_JSON), Samples.NOW);

        assertThat(text(answer)).isEqualTo("{}");
        HttpRequest changed = SdkSigner.service("lambda").body("{}").sign().withBody(Samples.streamed("{ }"));
        assertThatThrownBy(() ->
                        authenticator.authenticate(changed, Samples.plain("lambda", Protocol.REST_JSON), Samples.NOW))
                .hasMessageContaining("The request signature we calculated does not match");
    }

    @Test
    void aPresignedUrlIsBelieved() throws IOException {
        HttpRequest request =
                SdkSigner.s3().method("GET").presigned(Duration.ofMinutes(5)).sign();

        Authenticated answer = believe(request);

        assertThat(answer.identity())
                .isInstanceOfSatisfying(
                        Identity.Signed.class,
                        signed -> assertThat(signed.presigned()).isTrue());
    }

    @Test
    void aPresignedUrlIsBelievedWithoutTls() throws IOException {
        believe(SdkSigner.s3()
                .insecure()
                .method("GET")
                .presigned(Duration.ofMinutes(5))
                .sign());
    }

    @Test
    void aSessionTokenIsPartOfAPresignedUrl() throws IOException {
        SecretKeys keys = id ->
                Optional.of(SecretKeys.SecretKey.temporary(Samples.SECRET, "to/ken+=", Samples.NOW.plusSeconds(60)));
        var sessions = new Authenticator(keys, CredentialRules.STRICT);
        HttpRequest request = SdkSigner.s3()
                .method("GET")
                .token("to/ken+=")
                .presigned(Duration.ofMinutes(5))
                .sign();

        Authenticated answer = sessions.authenticate(request, S3, Samples.NOW);

        assertThat(answer.identity())
                .isInstanceOfSatisfying(
                        Identity.Signed.class,
                        signed -> assertThat(signed.sessionToken()).contains("to/ken+="));
    }

    @Test
    void anUnsignedPayloadIsNotLookedAt() throws IOException {
        HttpRequest request = SdkSigner.s3().unsignedPayload().body("hello").sign();

        assertThat(request.headers().get("x-amz-content-sha256")).contains("UNSIGNED-PAYLOAD");
        assertThat(text(believe(request.withBody(Samples.bytes("other"))))).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 400_000})
    void signedChunksAreUnframed(int size) throws IOException {
        byte[] content = content(size);
        HttpRequest request = SdkSigner.s3().chunked().body(content).streamed().sign();

        assertThat(request.headers().get("x-amz-content-sha256")).contains("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        Authenticated answer = believe(request);
        assertThat(answer.request().headers().get("Content-Length")).contains(Integer.toString(size));
        assertThat(answer.request().headers().get("Content-Encoding")).isEmpty();
        assertThat(bytes(answer)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(
            value = Hashing.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void signedTrailersAreChecked(Hashing algorithm) throws IOException {
        byte[] content = content(300_000);
        HttpRequest request = SdkSigner.s3()
                .chunked()
                .checksum(sdk(algorithm))
                .body(content)
                .streamed()
                .sign();

        assertThat(request.headers().get("x-amz-content-sha256"))
                .contains("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
        assertThat(request.headers().get("x-amz-trailer")).contains(algorithm.header());
        assertThat(bytes(believe(request))).isEqualTo(content);
    }

    @Test
    void unsignedTrailersAreChecked() throws IOException {
        byte[] content = content(300_000);
        HttpRequest request = SdkSigner.s3()
                .chunked()
                .unsignedPayload()
                .crc32()
                .body(content)
                .streamed()
                .sign();

        assertThat(request.headers().get("x-amz-content-sha256")).contains("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        assertThat(bytes(believe(request))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedBitInAChunkedBodyIsNoticed(boolean signed) throws IOException {
        byte[] content = content(200_000);
        SdkSigner signer = SdkSigner.s3().chunked().crc32().body(content);
        HttpRequest request = (signed ? signer : signer.unsignedPayload()).sign();
        assertThat(bytes(believe(request))).isEqualTo(content);

        byte[] framed = ((Body.Bytes) request.body()).bytes().bytes().clone();
        framed[100_000] ^= 1;

        assertThatThrownBy(() -> believe(request.withBody(Body.of(Blob.of(framed)))))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.code().code())
                                .isEqualTo(signed ? "SignatureDoesNotMatch" : "BadDigest"));
    }

    private Authenticated believe(HttpRequest request) throws IOException {
        return authenticator.authenticate(request, S3, Samples.NOW);
    }

    private static software.amazon.awssdk.checksums.spi.ChecksumAlgorithm sdk(Hashing algorithm) {
        return switch (algorithm) {
            case CRC32 -> DefaultChecksumAlgorithm.CRC32;
            case CRC32C -> DefaultChecksumAlgorithm.CRC32C;
            case CRC64NVME -> DefaultChecksumAlgorithm.CRC64NVME;
            case SHA1 -> DefaultChecksumAlgorithm.SHA1;
            case SHA256 -> DefaultChecksumAlgorithm.SHA256;
            case SHA512, MD5 -> DefaultChecksumAlgorithm.MD5;
        };
    }

    private static byte[] content(int size) {
        var content = new byte[size];
        new SplittableRandom(size).nextBytes(content);
        return content;
    }

    private static byte[] bytes(Authenticated answer) throws IOException {
        try (InputStream in = answer.request().body().open()) {
            return in.readAllBytes();
        }
    }

    private static String text(Authenticated answer) throws IOException {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }
}
