package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A form after the Amazon S3 API reference's example of a browser-based upload, and edits of it.
class PostFormTest {
    private static final Instant NOW = Instant.parse("2015-12-29T12:00:00Z");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String DOCUMENT = """
            { "expiration": "2015-12-30T12:00:00.000Z",
              "conditions": [
                {"bucket": "sigv4examplebucket"},
                ["starts-with", "$key", "user/user1/"],
                {"acl": "public-read"},
                {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
                ["starts-with", "$Content-Type", "image/"],
                {"x-amz-meta-uuid": "14365123651274"},
                {"x-amz-server-side-encryption": "AES256"},
                ["starts-with", "$x-amz-meta-tag", ""],
                ["content-length-range", 10, 100],
                {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
                {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
                {"x-amz-date": "20151229T000000Z" }
              ]
            }
            """;

    private final Authenticator authenticator = new Authenticator(
            id -> id.equals("AKIAIOSFODNN7EXAMPLE") ? Optional.of(SecretKeys.SecretKey.of(SECRET)) : Optional.empty(),
            CredentialRules.STRICT);
    private final Map<String, String> fields = fields();

    @Test
    void aSignedFormIsBelieved() throws IOException {
        assertThat(authenticate(NOW))
                .isEqualTo(new Identity.Signed(
                        "AKIAIOSFODNN7EXAMPLE",
                        Optional.empty(),
                        Optional.of("us-east-1"),
                        "s3",
                        Optional.empty(),
                        true));
    }

    @Test
    void anotherPolicyIsNotWhatWasSigned() {
        fields.put("policy", base64(DOCUMENT.replace("user1", "user2")));

        assertThat(refusal(NOW).code().code()).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void theFormEndsWithItsPolicy() {
        assertThat(refusal(Instant.parse("2015-12-30T12:00:00Z")))
                .hasMessage("Invalid according to Policy: Policy expired.");
    }

    @Test
    void everyConditionMustHold() {
        fields.put("key", "user/user2/photo.jpg");
        assertThat(refusal(NOW))
                .hasMessage("Invalid according to Policy: Policy Condition failed: [\"starts-with\", \"$key\","
                        + " \"user/user1/\"]");
        fields.put("key", "user/user1/photo.jpg");
        assertThatCode(() -> authenticate(NOW)).doesNotThrowAnyException();
        fields.put("acl", "private");
        assertThat(refusal(NOW))
                .hasMessage(
                        "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$acl\", \"public-read\"]");
    }

    @Test
    void aFieldThatNoConditionNamesIsExtra() {
        fields.put("x-ignore-this", "1");
        assertThatCode(() -> authenticate(NOW)).doesNotThrowAnyException();
        fields.put("x-amz-meta-other", "1");

        assertThat(refusal(NOW)).hasMessage("Invalid according to Policy: Extra input fields: x-amz-meta-other");
    }

    @Test
    void theFileMustHaveTheRightSize() {
        PostPolicy policy = form().policy().orElseThrow();
        policy.checkLength(10);
        policy.checkLength(100);

        assertThat(catchThrowableOfType(AwsError.class, () -> policy.checkLength(9))
                        .code()
                        .code())
                .isEqualTo("EntityTooSmall");
        AwsError tooLarge = catchThrowableOfType(AwsError.class, () -> policy.checkLength(101));
        assertThat(tooLarge).hasMessage("Your proposed upload exceeds the maximum allowed size");
        assertThat(tooLarge.members().orElseThrow().get("MaxSizeAllowed")).isEqualTo("100");
    }

    @Test
    void aFormWithoutASignatureIsAnonymous() throws IOException {
        fields.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-"));

        assertThat(authenticate(NOW)).isEqualTo(new Identity.Anonymous(Optional.empty()));
    }

    private PostForm form() {
        return new PostForm(fields, "sigv4examplebucket");
    }

    private AwsError refusal(Instant now) {
        return catchThrowableOfType(AwsError.class, () -> authenticate(now));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> fields() {
        var fields = new HashMap<String, String>();
        fields.put("key", "user/user1/photo.jpg");
        fields.put("acl", "public-read");
        fields.put("success_action_redirect", "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html");
        fields.put("Content-Type", "image/jpeg");
        fields.put("x-amz-meta-uuid", "14365123651274");
        fields.put("x-amz-server-side-encryption", "AES256");
        fields.put("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request");
        fields.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        fields.put("X-Amz-Date", "20151229T000000Z");
        fields.put("policy", base64(DOCUMENT));
        var scope = new CredentialScope("AKIAIOSFODNN7EXAMPLE", "20151229", "us-east-1", "s3", "aws4_request");
        byte[] policy = base64(DOCUMENT).getBytes(StandardCharsets.UTF_8);
        fields.put(
                "X-Amz-Signature",
                Digests.hex(
                        Digests.hmacSha256(SigningKeys.derive(SECRET, scope)).doFinal(policy)));
        return fields;
    }

    private Identity authenticate(Instant at) throws IOException {
        return authenticator.authenticateForm(
                form(), Samples.request("POST", "/", "", new Headers(), Samples.bytes("")), at);
    }
}
