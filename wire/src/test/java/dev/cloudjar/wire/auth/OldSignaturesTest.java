package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Version 2 signatures as the Amazon S3 developer guide shows them, key and secret included.
class OldSignaturesTest {
    private static final SecretKeys KEYS = id -> id.equals("AKIAIOSFODNN7EXAMPLE")
            ? Optional.of(SecretKeys.SecretKey.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
            : Optional.empty();
    private static final Instant NOW = Instant.parse("2007-03-27T19:36:42Z");
    private static final Instant EXPIRES = Instant.ofEpochSecond(1175139620);
    private final Authenticator authenticator = new Authenticator(KEYS, CredentialRules.STRICT);

    @Test
    void theGuidesObjectGetIsBelieved() throws IOException {
        assertBelieved(get("bWq2s1WEIj+Ydj0vQ697zp+IXMU="));

        AwsError error = refusal(get("bWq2s1WEIj+Ydj0vQ697zp+IXMV="), NOW);
        assertThat(error.code().code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(error.members().orElseThrow().get("StringToSign"))
                .isEqualTo("GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg");
    }

    @Test
    void theGuidesPresignedUrlIsBelievedUntilItExpires() throws IOException {
        HttpRequest url = presigned("NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D");
        authenticator.authenticate(url, Samples.s3(), EXPIRES);

        assertThat(refusal(url, EXPIRES.plusSeconds(1))).hasMessage("Request has expired");
        assertThat(refusal(presigned("NpgCjnDzrM%2BWFzoENXmpNDUsSn9%3D"), EXPIRES)
                        .code()
                        .code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    private void assertBelieved(HttpRequest request) throws IOException {
        assertThat(authenticator.authenticate(request, Samples.s3(), NOW).identity())
                .isInstanceOf(Identity.Signed.class);
    }

    private AwsError refusal(HttpRequest request, Instant now) {
        return catchThrowableOfType(AwsError.class, () -> authenticator.authenticate(request, Samples.s3(), now));
    }

    private static HttpRequest get(String signature) {
        Headers headers = Headers.of(
                "Host",
                "johnsmith.s3.amazonaws.com",
                "Date",
                "Tue, 27 Mar 2007 19:36:42 +0000",
                "Authorization",
                "AWS AKIAIOSFODNN7EXAMPLE:" + signature);
        return Samples.request("GET", "/photos/puppy.jpg", "", headers, Samples.bytes(""));
    }

    private static HttpRequest presigned(String signature) {
        String query = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=" + signature + "&Expires=1175139620";
        return Samples.request(
                "GET", "/photos/puppy.jpg", query, Headers.of("Host", "johnsmith.s3.amazonaws.com"), Samples.bytes(""));
    }
}
