package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.kernel.checksum.Crc64Nvme;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A body is held to what its headers promise of it, in memory and as a stream alike.
class BodyChecksTest {
    private static final String CHECK = "123456789";
    private final Authenticator authenticator = new Authenticator(SecretKeys.NONE, CredentialRules.LENIENT);

    /// The check values that the catalogue of CRCs and RFCs 1321 and 6234 give for `123456789`.
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "MD5, 25f9e794323b453885f5181f1b624d0b"
    })
    void algorithmsGiveTheirCheckValues(Hashing algorithm, String expected) {
        assertThat(Digests.hex(value(algorithm, CHECK))).isEqualTo(expected);
    }

    @Test
    void crc64IsTheSameInAnyPieces() {
        byte[] bytes = "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);
        var whole = new Crc64Nvme();
        whole.update(bytes, 0, bytes.length);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var pieces = new Crc64Nvme();
            pieces.update(bytes, 0, cut);
            for (int i = cut; i < bytes.length; i++) {
                pieces.update(bytes[i]);
            }
            assertThat(pieces.getValue()).isEqualTo(whole.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource(Hashing.class)
    void aWrongChecksumIsABadDigest(Hashing algorithm) throws IOException {
        String right = Base64.getEncoder().encodeToString(value(algorithm, "hello"));
        String wrong = Base64.getEncoder().encodeToString(value(algorithm, "hallo"));
        for (Body body : List.of(Samples.bytes("hello"), Samples.streamed("hello"))) {
            assertThat(read(put(Headers.of(algorithm.header(), right), body))).isEqualTo("hello");
        }

        for (Body body : List.of(Samples.bytes("hello"), Samples.streamed("hello"))) {
            AwsError error = refusal(put(Headers.of(algorithm.header(), wrong), body));
            assertThat(error.code().code()).isEqualTo("BadDigest");
            assertThat(error).hasMessage("The " + algorithm + " you specified did not match the calculated checksum.");
        }
        assertThat(refusal(put(Headers.of(algorithm.header(), "AAA="), Samples.bytes("hello"))))
                .hasMessage("Value for " + algorithm.header() + " header is invalid.");
    }

    @Test
    void twoChecksumsAreOneTooMany() {
        Headers headers =
                Headers.of("x-amz-checksum-crc32", "NhCmhg==", "x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=");

        assertThat(refusal(put(headers, Samples.bytes("hello"))))
                .hasMessage("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }

    @Test
    void whatAnSdkSaysOfAChecksumIsThere() throws IOException {
        String said = "x-amz-sdk-checksum-algorithm";
        Headers right = Headers.of(said, "CRC32", "x-amz-checksum-crc32", "NhCmhg==");
        assertThat(read(put(right, Samples.bytes("hello")))).isEqualTo("hello");

        assertThat(refusal(put(Headers.of(said, "CRC32C", "x-amz-checksum-crc32", "NhCmhg=="), Samples.bytes("hello"))))
                .hasMessage("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        assertThat(refusal(put(Headers.of(said, "CRC", "x-amz-checksum-crc32", "NhCmhg=="), Samples.bytes("hello"))))
                .hasMessage("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        assertThat(refusal(put(Headers.of("x-amz-checksum-crc33", "NhCmhg=="), Samples.bytes("hello"))))
                .hasMessage("The algorithm type you specified in x-amz-checksum- header is invalid.");
        assertThat(refusal(put(Headers.of(said, "CRC32"), Samples.bytes("hello"))))
                .hasMessage("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
                        + " x-amz-trailer headers were found.");
        assertThat(refusal(put(Headers.of("x-amz-checksum-xxhash3", "AAAAAAAAAAA="), Samples.bytes("hello")))
                        .code()
                        .code())
                .isEqualTo("NotImplemented");
    }

    @Test
    void aWrongMd5IsABadDigest() throws IOException {
        assertThat(read(put(Headers.of("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="), Samples.bytes("hello"))))
                .isEqualTo("hello");

        AwsError error = refusal(put(Headers.of("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="), Samples.streamed("hallo")));
        assertThat(error).hasMessage("The Content-MD5 you specified did not match what we received.");
        assertThat(error.code().code()).isEqualTo("BadDigest");
        AwsError invalid = refusal(put(Headers.of("Content-MD5", "XUFA"), Samples.bytes("hello")));
        assertThat(invalid).hasMessage("The Content-MD5 you specified was invalid.");
        assertThat(invalid.code().code()).isEqualTo("InvalidDigest");
    }

    @Test
    void s3HoldsABodyToItsSha256() throws IOException {
        Headers headers =
                Headers.of("x-amz-content-sha256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(read(put(headers, Samples.streamed("hello")))).isEqualTo("hello");

        AwsError error = refusal(put(headers, Samples.streamed("hallo")));

        assertThat(error.code().code()).isEqualTo("XAmzContentSHA256Mismatch");
        assertThat(error).hasMessage("The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    @Test
    void theChecksumOfACompletedUploadIsNotThatOfTheBody() throws IOException {
        Endpoint complete = Samples.plain("s3", Protocol.REST_XML);
        Headers headers = Headers.of("x-amz-checksum-crc32", "AAAAAA==");

        Authenticated answer = authenticator.authenticate(put(headers, Samples.bytes("hello")), complete, Samples.NOW);

        assertThat(text(answer)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unsignedTrailersAreChecked(boolean inMemory) throws IOException {
        String framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";

        assertThat(read(chunked(framed, 5, inMemory))).isEqualTo("hello");

        assertThat(refusal(chunked(framed.replace("hello", "hallo"), 5, inMemory)))
                .hasMessage("The CRC32 you specified did not match the calculated checksum.");
        assertThat(refusal(chunked(framed.replace("NhCmhg==", "NhCm"), 5, inMemory)))
                .hasMessage("Value for x-amz-checksum-crc32 trailing header is invalid.");
        assertThat(refusal(chunked(framed.replace("crc32:", "crc32;"), 5, inMemory))
                        .code()
                        .code())
                .isEqualTo("MalformedTrailerError");
        assertThat(refusal(chunked(framed.replace("x-amz-checksum-crc32:NhCmhg==\r\n", ""), 5, inMemory))
                        .code()
                        .code())
                .isEqualTo("MalformedTrailerError");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDecodedLengthMustBeRight(boolean inMemory) throws IOException {
        String framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
        assertThat(read(chunked(framed, 5, inMemory))).isEqualTo("hello");

        for (int length : new int[] {4, 6}) {
            AwsError error = refusal(chunked(framed, length, inMemory));
            assertThat(error.code().code()).isEqualTo("IncompleteBody");
            assertThat(error)
                    .hasMessage("You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
        for (int cut : new int[] {1, 4, 7, 9}) {
            assertThat(refusal(chunked(framed.substring(0, cut), 5, inMemory))
                            .code()
                            .code())
                    .isEqualTo("IncompleteBody");
        }
    }

    @Test
    void aChunkedBodyNeedsItsDecodedLength() {
        HttpRequest request = chunked("0\r\n\r\n", 0, true);
        request.headers().remove("x-amz-decoded-content-length");

        AwsError error = refusal(request);

        assertThat(error.code().code()).isEqualTo("MissingContentLength");
        assertThat(error.code().status()).isEqualTo(411);
    }

    @Test
    void onlyTheLastChunkMayBeSmall() {
        AwsError error = refusal(chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 5, true));

        assertThat(error.code().code()).isEqualTo("InvalidChunkSizeError");
        assertThat(error).hasMessage("Only the last chunk is allowed to have a size less than 8192 bytes");
        assertThat(error.members().orElseThrow().get("BadChunkSize")).isEqualTo("2");
        assertThat(error.members().orElseThrow().get("Chunk")).isEqualTo("1");
    }

    @Test
    void otherEncodingsStayWhenTheFramingGoes() throws IOException {
        HttpRequest request = chunked("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 5, true);
        request.headers().set("Content-Encoding", "aws-chunked, gzip");

        Authenticated answer = authenticator.authenticate(request, Samples.s3(), Samples.NOW);

        assertThat(answer.request().headers().get("Content-Encoding")).contains("gzip");
        assertThat(answer.request().headers().get("x-amz-sdk-checksum-algorithm"))
                .contains("CRC32");
    }

    @Test
    void gzipIsUndoneWhereTheModelAllowsIt() throws IOException {
        Endpoint compressible =
                Samples.endpoint("monitoring", Protocol.AWS_QUERY, Samples.facts(List.of(), Optional.empty(), true));
        Headers headers = Headers.of("Content-Encoding", "gzip");
        HttpRequest request = put(headers, Body.of(Blob.of(gzip("hello".getBytes(StandardCharsets.UTF_8)))));

        assertThat(text(authenticator.authenticate(request, compressible, Samples.NOW)))
                .isEqualTo("hello");

        AwsError error = catchThrowableOfType(
                AwsError.class,
                () -> authenticator.authenticate(put(headers, Samples.bytes("hello")), compressible, Samples.NOW));
        assertThat(error.code().status()).isEqualTo(400);
    }

    @Test
    void aBombIsDefused() throws IOException {
        Endpoint compressible =
                Samples.endpoint("monitoring", Protocol.AWS_QUERY, Samples.facts(List.of(), Optional.empty(), true));
        byte[] tenMegabytes = gzip(new byte[10 << 20]);
        InputStream bomb = InputStream.nullInputStream();
        for (int i = 0; i < 7; i++) {
            bomb = new SequenceInputStream(bomb, new ByteArrayInputStream(tenMegabytes));
        }
        HttpRequest request = put(Headers.of("Content-Encoding", "gzip"), Body.of(OptionalLong.empty(), bomb));

        AwsError error = catchThrowableOfType(
                AwsError.class, () -> authenticator.authenticate(request, compressible, Samples.NOW));

        assertThat(error.code().status()).isEqualTo(413);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        }
        return zipped.toByteArray();
    }

    private static byte[] value(Hashing algorithm, String text) {
        Hashing.Hasher hasher = algorithm.start();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hasher.update(bytes, 0, bytes.length);
        return hasher.value();
    }

    private static HttpRequest put(Headers headers, Body body) {
        return Samples.request("PUT", "/bucket/key", "", headers, body);
    }

    private static HttpRequest chunked(String framed, int length, boolean inMemory) {
        Headers headers = Headers.of(
                "x-amz-content-sha256",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length",
                Integer.toString(length),
                "x-amz-trailer",
                "x-amz-checksum-crc32",
                "Content-Encoding",
                "aws-chunked");
        return put(headers, inMemory ? Samples.bytes(framed) : Samples.streamed(framed));
    }

    private String read(HttpRequest request) throws IOException {
        return text(authenticator.authenticate(request, Samples.s3(), Samples.NOW));
    }

    private static String text(Authenticated answer) throws IOException {
        try (InputStream in = answer.request().body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private AwsError refusal(HttpRequest request) {
        return catchThrowableOfType(AwsError.class, () -> read(request));
    }
}
