package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// S3 refuses in words of its own, with what it calculated in the document; each request here is one edit away from
/// one that is believed.
class S3RefusalTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private final Trial trial = new Trial();

    @Test
    void saysWhichHeadersWereNotSigned() throws IOException {
        HttpRequest good = SdkSigner.s3().header("x-amz-acl", "private").sign();
        trial.assertBelieved(good, Samples.s3());

        good.headers().add("x-amz-meta-added", "1");
        AwsError error = trial.refusal(good, Samples.s3());

        assertThat(error).hasMessage("There were headers present in the request which were not signed");
        assertThat(Trial.element(error, "HeadersNotSigned")).isEqualTo("x-amz-meta-added");
    }

    @Test
    void showsWhatItCalculated() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        trial.assertBelieved(good, Samples.s3());

        AwsError error = trial.refusal(SdkSigner.s3().key(Samples.ID, "other").sign(), Samples.s3());

        Trial.assertCode(error, "SignatureDoesNotMatch", 403);
        assertThat(error)
                .hasMessage("The request signature we calculated does not match the signature you provided. Check your"
                        + " key and signing method.");
        assertThat(Trial.element(error, "AWSAccessKeyId")).isEqualTo(Samples.ID);
        assertThat(Trial.element(error, "StringToSign"))
                .startsWith("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3");
        assertThat(Trial.element(error, "SignatureProvided")).hasSize(64);
        assertThat(Trial.element(error, "CanonicalRequest"))
                .startsWith("PUT\n/bucket/a%20key//with%2Btwo/../dots\na=&b=%20y&x=1\n");
        assertThat(Trial.element(error, "StringToSignBytes")).startsWith("41 57 53 34 2d");
    }

    @Test
    void refusesASkewedClock() throws IOException {
        trial.assertBelieved(SdkSigner.s3().at(Samples.NOW.minusSeconds(900)).sign(), Samples.s3());

        AwsError error =
                trial.refusal(SdkSigner.s3().at(Samples.NOW.minusSeconds(901)).sign(), Samples.s3());

        Trial.assertCode(error, "RequestTimeTooSkewed", 403);
        assertThat(error).hasMessage("The difference between the request time and the current time is too large.");
        assertThat(Trial.element(error, "RequestTime")).isEqualTo("20150830T122059Z");
        assertThat(Trial.element(error, "ServerTime")).isEqualTo("2015-08-30T12:36:00Z");
        assertThat(Trial.element(error, "MaxAllowedSkewMilliseconds")).isEqualTo("900000");
    }

    @Test
    void refusesAPresignedUrlAfterItsTime() throws IOException {
        HttpRequest url = SdkSigner.s3().method("GET").presigned(LIFETIME).sign();
        assertThatCode(() -> trial.authenticator().authenticate(url, Samples.s3(), Samples.NOW.plus(LIFETIME)))
                .doesNotThrowAnyException();

        for (CredentialRules rules : List.of(CredentialRules.STRICT, CredentialRules.LENIENT)) {
            var either = new Authenticator(rules.strict() ? Samples.KEYS : SecretKeys.NONE, rules);
            AwsError error = catchThrowableOfType(
                    AwsError.class,
                    () -> either.authenticate(
                            url, Samples.s3(), Samples.NOW.plus(LIFETIME).plusSeconds(1)));
            Trial.assertCode(error, "AccessDenied", 403);
            assertThat(error).hasMessage("Request has expired");
            assertThat(Trial.element(error, "X-Amz-Expires")).isEqualTo("300");
            assertThat(Trial.element(error, "Expires")).isEqualTo("2015-08-30T12:41:00Z");
        }
    }

    @Test
    void readsTheParametersOfAPresignedUrl() throws IOException {
        HttpRequest good = SdkSigner.s3().method("GET").presigned(LIFETIME).sign();
        trial.assertBelieved(good, Samples.s3());

        assertThat(parameterError(good, "X-Amz-Expires=300", "X-Amz-Expires=604801"))
                .hasMessage("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must"
                        + " be less than 604800 seconds");
        assertThat(parameterError(good, "X-Amz-Expires=300", "X-Amz-Expires=-1"))
                .hasMessage("X-Amz-Expires must be non-negative");
        assertThat(parameterError(good, "X-Amz-Expires=300", "X-Amz-Expires=soon"))
                .hasMessage("X-Amz-Expires should be a number");
        assertThat(parameterError(good, "&X-Amz-Expires=300", ""))
                .hasMessage("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                        + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        assertThat(parameterError(good, "X-Amz-Date=20150830T", "X-Amz-Date=2015-08-30T"))
                .hasMessage("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        assertThat(parameterError(good, "AWS4-HMAC-SHA256", "AWS5"))
                .hasMessage("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
        assertThat(parameterError(good, "%2Fs3%2F", "%2F"))
                .hasMessage("Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
                        + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }

    @Test
    void readsItsHeader() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        trial.assertBelieved(good, Samples.s3());

        assertThat(headerError(good, "Signature=", "Sig="))
                .hasMessage("The authorization header is malformed; the authorization header requires three components:"
                        + " Credential, SignedHeaders, and Signature.");
        assertThat(headerError(good, "/s3/", "/ec2/"))
                .hasMessage("The authorization header is malformed; incorrect service \"ec2\". This endpoint belongs to"
                        + " \"s3\".");
        assertThat(headerError(good, "aws4_request", "aws5_request"))
                .hasMessage("The authorization header is malformed; incorrect terminal \"aws5_request\". This endpoint"
                        + " uses \"aws4_request\".");
        Endpoint elsewhere = new Endpoint(Samples.s3().operation(), Protocol.REST_XML, Optional.of("eu-west-1"));
        AwsError error = trial.refusal(good, elsewhere);
        assertThat(error)
                .hasMessage("The authorization header is malformed; the region 'us-east-1' is wrong; expecting"
                        + " 'eu-west-1'");
        assertThat(Trial.element(error, "Region")).isEqualTo("eu-west-1");
    }

    @Test
    void takesOneSignatureAlone() throws IOException {
        HttpRequest url = SdkSigner.s3().method("GET").presigned(LIFETIME).sign();
        trial.assertBelieved(url, Samples.s3());
        url.headers().add("Authorization", "AWS4-HMAC-SHA256 Credential=a");

        assertThat(trial.refusal(url, Samples.s3()))
                .hasMessageStartingWith("Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter");
    }

    @Test
    void wantsToKnowThePayloadsHash() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        trial.assertBelieved(good, Samples.s3());
        good.headers().set("x-amz-content-sha256", "rubbish");
        trial.assertRefused(good, Samples.s3(), "InvalidArgument", 400);
        good.headers().remove("x-amz-content-sha256");

        assertThat(trial.refusal(good, Samples.s3()))
                .hasMessage("Missing required header for this request: x-amz-content-sha256");
    }

    @Test
    void doesNotKnowAStranger() throws IOException {
        trial.assertBelieved(SdkSigner.s3().sign(), Samples.s3());

        AwsError error =
                trial.refusal(SdkSigner.s3().key("AKIDSTRANGER", Samples.SECRET).sign(), Samples.s3());

        Trial.assertCode(error, "InvalidAccessKeyId", 403);
        assertThat(error).hasMessage("The AWS Access Key Id you provided does not exist in our records.");
        assertThat(Trial.element(error, "AWSAccessKeyId")).isEqualTo("AKIDSTRANGER");
    }

    private AwsError parameterError(HttpRequest good, String part, String other) {
        assertThat(good.query()).contains(part);
        HttpRequest bad = new HttpRequest(
                good.method(),
                good.host(),
                good.path(),
                good.query().replace(part, other),
                good.headers(),
                good.body(),
                good.peer());
        AwsError error = trial.refusal(bad, Samples.s3());
        Trial.assertCode(error, "AuthorizationQueryParametersError", 400);
        return error;
    }

    private AwsError headerError(HttpRequest good, String part, String other) {
        AwsError error = trial.refusal(Trial.withAuthorization(good, a -> a.replace(part, other)), Samples.s3());
        Trial.assertCode(error, "AuthorizationHeaderMalformed", 400);
        return error;
    }
}
