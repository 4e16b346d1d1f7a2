package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Each way to sign wrongly is refused in the words of the service that was asked; each request here is one edit away
/// from one that is believed.
class RefusalTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private final Authenticator authenticator = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    @Test
    void whatIsMissingInTheHeaderIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, query());

        AwsError noSignature = refusal(withAuthorization(good, a -> a.replace("Signature=", "Sig=")), query());
        assertThat(noSignature)
                .hasMessageStartingWith("Authorization header requires 'Signature' parameter. Authorization=");
        assertCode(noSignature, "IncompleteSignature", 400);

        AwsError nothing = refusal(withAuthorization(good, a -> "AWS4-HMAC-SHA256 Nothing=1"), query());
        assertThat(nothing)
                .hasMessage("Authorization header requires 'Credential' parameter. Authorization header requires"
                        + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization=AWS4-HMAC-SHA256 Nothing=1");
    }

    @Test
    void aMissingDateIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, query());
        good.headers().remove("X-Amz-Date");

        assertThat(refusal(good, query()))
                .hasMessageStartingWith("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                        + " header. Authorization=");
    }

    @Test
    void aPartWithoutAnEqualSignIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, json());

        AwsError error = refusal(withAuthorization(good, a -> a.replace("Credential=", "Credential= ")), json());

        assertThat(error)
                .hasMessageStartingWith("'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request' not a valid key=value pair"
                        + " (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential= ");
        assertCode(error, "IncompleteSignatureException", 400);
    }

    @Test
    void aCredentialHasFiveElements() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, query());

        AwsError error = refusal(withAuthorization(good, a -> a.replace("/aws4_request", "")), query());

        assertThat(error)
                .hasMessage("Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got 'AKIDEXAMPLE/20150830/us-east-1/iam'");
        assertCode(error, "IncompleteSignature", 400);
    }

    @Test
    void theScopeMustBeRight() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, query());

        assertThat(refusal(withAuthorization(good, a -> a.replace("/iam/", "/sts/")), query()))
                .hasMessage("Credential should be scoped to correct service: 'iam'. ");
        assertThat(refusal(withAuthorization(good, a -> a.replace("aws4_request", "aws5_request")), query()))
                .hasMessage(
                        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ");
        assertThat(refusal(withAuthorization(good, a -> a.replace("/20150830/", "/20150829/")), query()))
                .hasMessage("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
                        + " '20150829' != '20150830', from '20150830T123600Z'.");
        Endpoint elsewhere = new Endpoint(query().operation(), Protocol.AWS_QUERY, Optional.of("eu-west-1"));
        assertThat(refusal(good, elsewhere))
                .hasMessage("Credential should be scoped to a valid region, not 'us-east-1'. ");
    }

    @Test
    void anOldSignatureHasExpired() throws IOException {
        assertBelieved(iam().at(Samples.NOW.minusSeconds(900)).sign(), query());

        AwsError error = refusal(iam().at(Samples.NOW.minusSeconds(901)).sign(), query());

        assertThat(error)
                .hasMessage("Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z"
                        + " (20150830T123600Z - 15 min.)");
        assertCode(error, "SignatureDoesNotMatch", 403);
    }

    @Test
    void aSignatureFromTheFutureIsNotYetCurrent() throws IOException {
        assertBelieved(iam().at(Samples.NOW.plusSeconds(900)).sign(), json());

        AwsError error = refusal(iam().at(Samples.NOW.plusSeconds(901)).sign(), json());

        assertThat(error).hasMessageStartingWith("Signature not yet current: 20150830T125101Z is still later than");
        assertCode(error, "InvalidSignatureException", 400);
    }

    @Test
    void aWrongSecretIsAnsweredWithWhatShouldHaveBeenSigned() throws IOException {
        assertBelieved(iam().sign(), query());

        AwsError error = refusal(iam().key(Samples.ID, "other").sign(), query());

        assertCode(error, "SignatureDoesNotMatch", 403);
        assertThat(error.message())
                .startsWith("The request signature we calculated does not match the signature you provided. Check your"
                        + " AWS Secret Access Key and signing method. Consult the service documentation for details.")
                .contains("\n\nThe Canonical String for this request should have been\n'POST\n/\n")
                .contains("\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20150830T123600Z\n");
    }

    @Test
    void anUnknownKeyIsAnInvalidToken() throws IOException {
        assertBelieved(iam().sign(), query());
        HttpRequest stranger = iam().key("AKIDSTRANGER", Samples.SECRET).sign();

        assertRefused(stranger, query(), "InvalidClientTokenId", 403);
        assertRefused(stranger, json(), "UnrecognizedClientException", 400);
        assertRefused(stranger, Samples.plain("iam", Protocol.REST_JSON), "UnrecognizedClientException", 403);
        assertThat(refusal(stranger, query())).hasMessage("The security token included in the request is invalid.");
        assertThat(refusal(stranger, Samples.plain("iam", Protocol.EC2_QUERY)))
                .hasMessage("AWS was not able to validate the provided access credentials");
        assertRefused(stranger, Samples.plain("iam", Protocol.EC2_QUERY), "AuthFailure", 401);
    }

    @Test
    void anUnsignedRequestLacksItsToken() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, query());
        good.headers().remove("Authorization");

        assertRefused(good, query(), "MissingAuthenticationToken", 403);
        assertRefused(good, json(), "MissingAuthenticationTokenException", 400);
        assertRefused(good, Samples.plain("iam", Protocol.REST_JSON), "MissingAuthenticationTokenException", 403);
    }

    @Test
    void aTemporaryKeyNeedsItsTokenWhileItLasts() throws IOException {
        SecretKeys keys =
                id -> Optional.of(SecretKeys.SecretKey.temporary(Samples.SECRET, "token", Samples.NOW.plusSeconds(60)));
        var sessions = new Authenticator(keys, CredentialRules.STRICT);
        HttpRequest good = iam().token("token").sign();
        assertThatCode(() -> sessions.authenticate(good, query(), Samples.NOW)).doesNotThrowAnyException();

        assertThat(refusal(sessions, iam().sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
        assertThat(refusal(sessions, iam().token("other").sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
        AwsError late = catchThrowableOfType(
                AwsError.class, () -> sessions.authenticate(good, query(), Samples.NOW.plusSeconds(60)));
        assertThat(late).hasMessage("The security token included in the request is expired");
        assertCode(late, "ExpiredToken", 403);
    }

    @Test
    void aDeletedKeyIsUnknownEvenToThoseWhoTakeAnything() throws IOException {
        var deleted = new SecretKeys.SecretKey(Samples.SECRET, Optional.empty(), Optional.empty(), false);
        var lenient = new Authenticator(id -> Optional.of(deleted), CredentialRules.LENIENT);

        assertThat(refusal(lenient, iam().sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
    }

    @Test
    void hostMustBeSigned() throws IOException {
        HttpRequest good = iam().sign();
        assertBelieved(good, json());

        assertThat(refusal(withAuthorization(good, a -> a.replace(";host;", ";")), json()))
                .hasMessage("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void s3SaysWhichHeadersWereNotSigned() throws IOException {
        HttpRequest good = SdkSigner.s3().header("x-amz-acl", "private").sign();
        assertBelieved(good, Samples.s3());

        good.headers().add("x-amz-meta-added", "1");
        AwsError error = refusal(good, Samples.s3());

        assertThat(error).hasMessage("There were headers present in the request which were not signed");
        assertThat(element(error, "HeadersNotSigned")).isEqualTo("x-amz-meta-added");
    }

    @Test
    void s3ShowsWhatItCalculated() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        assertBelieved(good, Samples.s3());

        AwsError error = refusal(SdkSigner.s3().key(Samples.ID, "other").sign(), Samples.s3());

        assertCode(error, "SignatureDoesNotMatch", 403);
        assertThat(error)
                .hasMessage("The request signature we calculated does not match the signature you provided. Check your"
                        + " key and signing method.");
        assertThat(element(error, "AWSAccessKeyId")).isEqualTo(Samples.ID);
        assertThat(element(error, "StringToSign"))
                .startsWith("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/s3");
        assertThat(element(error, "SignatureProvided")).hasSize(64);
        assertThat(element(error, "CanonicalRequest"))
                .startsWith("PUT\n/bucket/a%20key//with%2Btwo/../dots\na=&b=%20y&x=1\n");
        assertThat(element(error, "StringToSignBytes")).startsWith("41 57 53 34 2d");
    }

    @Test
    void s3RefusesASkewedClock() throws IOException {
        assertBelieved(SdkSigner.s3().at(Samples.NOW.minusSeconds(900)).sign(), Samples.s3());

        AwsError error =
                refusal(SdkSigner.s3().at(Samples.NOW.minusSeconds(901)).sign(), Samples.s3());

        assertCode(error, "RequestTimeTooSkewed", 403);
        assertThat(error).hasMessage("The difference between the request time and the current time is too large.");
        assertThat(element(error, "RequestTime")).isEqualTo("20150830T122059Z");
        assertThat(element(error, "ServerTime")).isEqualTo("2015-08-30T12:36:00Z");
        assertThat(element(error, "MaxAllowedSkewMilliseconds")).isEqualTo("900000");
    }

    @Test
    void s3RefusesAPresignedUrlAfterItsTime() throws IOException {
        HttpRequest url = SdkSigner.s3().method("GET").presigned(LIFETIME).sign();
        assertThatCode(() -> authenticator.authenticate(url, Samples.s3(), Samples.NOW.plus(LIFETIME)))
                .doesNotThrowAnyException();

        for (CredentialRules rules : List.of(CredentialRules.STRICT, CredentialRules.LENIENT)) {
            var either = new Authenticator(rules.strict() ? Samples.KEYS : SecretKeys.NONE, rules);
            AwsError error = catchThrowableOfType(
                    AwsError.class,
                    () -> either.authenticate(
                            url, Samples.s3(), Samples.NOW.plus(LIFETIME).plusSeconds(1)));
            assertCode(error, "AccessDenied", 403);
            assertThat(error).hasMessage("Request has expired");
            assertThat(element(error, "X-Amz-Expires")).isEqualTo("300");
            assertThat(element(error, "Expires")).isEqualTo("2015-08-30T12:41:00Z");
        }
    }

    @Test
    void s3ReadsTheParametersOfAPresignedUrl() throws IOException {
        HttpRequest good = SdkSigner.s3().method("GET").presigned(LIFETIME).sign();
        assertBelieved(good, Samples.s3());

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
    void s3ReadsItsHeader() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        assertBelieved(good, Samples.s3());

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
        AwsError error = refusal(good, elsewhere);
        assertThat(error)
                .hasMessage("The authorization header is malformed; the region 'us-east-1' is wrong; expecting"
                        + " 'eu-west-1'");
        assertThat(element(error, "Region")).isEqualTo("eu-west-1");
    }

    @Test
    void s3WantsToKnowThePayloadsHash() throws IOException {
        HttpRequest good = SdkSigner.s3().sign();
        assertBelieved(good, Samples.s3());
        good.headers().set("x-amz-content-sha256", "rubbish");
        assertRefused(good, Samples.s3(), "InvalidArgument", 400);
        good.headers().remove("x-amz-content-sha256");

        assertThat(refusal(good, Samples.s3()))
                .hasMessage("Missing required header for this request: x-amz-content-sha256");
    }

    @Test
    void s3DoesNotKnowAStranger() throws IOException {
        assertBelieved(SdkSigner.s3().sign(), Samples.s3());

        AwsError error =
                refusal(SdkSigner.s3().key("AKIDSTRANGER", Samples.SECRET).sign(), Samples.s3());

        assertCode(error, "InvalidAccessKeyId", 403);
        assertThat(error).hasMessage("The AWS Access Key Id you provided does not exist in our records.");
        assertThat(element(error, "AWSAccessKeyId")).isEqualTo("AKIDSTRANGER");
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
        AwsError error = refusal(bad, Samples.s3());
        assertCode(error, "AuthorizationQueryParametersError", 400);
        return error;
    }

    private AwsError headerError(HttpRequest good, String part, String other) {
        AwsError error = refusal(withAuthorization(good, a -> a.replace(part, other)), Samples.s3());
        assertCode(error, "AuthorizationHeaderMalformed", 400);
        return error;
    }

    private static SdkSigner iam() {
        return SdkSigner.service("iam").uri("https://iam.amazonaws.com/").body("Action=ListUsers&Version=2010-05-08");
    }

    private static Endpoint query() {
        return Samples.plain("iam", Protocol.AWS_QUERY);
    }

    private static Endpoint json() {
        return Samples.plain("iam", Protocol.AWS_JSON_1_1);
    }

    private static HttpRequest withAuthorization(HttpRequest request, UnaryOperator<String> edit) {
        String authorization = request.headers().get("Authorization").orElseThrow();
        var headers = new Headers();
        request.headers().forEach(headers::add);
        String edited = edit.apply(authorization);
        assertThat(edited).isNotEqualTo(authorization);
        headers.set("Authorization", edited);
        return new HttpRequest(
                request.method(),
                request.host(),
                request.path(),
                request.query(),
                headers,
                request.body(),
                request.peer());
    }

    private void assertBelieved(HttpRequest request, Endpoint endpoint) {
        assertThatCode(() -> authenticator.authenticate(request, endpoint, Samples.NOW))
                .doesNotThrowAnyException();
    }

    private void assertRefused(HttpRequest request, Endpoint endpoint, String code, int status) {
        assertCode(refusal(request, endpoint), code, status);
    }

    private static void assertCode(AwsError error, String code, int status) {
        assertThat(error.code().code()).isEqualTo(code);
        assertThat(error.code().status()).isEqualTo(status);
    }

    private AwsError refusal(HttpRequest request, Endpoint endpoint) {
        return refusal(authenticator, request, endpoint);
    }

    private static AwsError refusal(Authenticator authenticator, HttpRequest request, Endpoint endpoint) {
        return catchThrowableOfType(AwsError.class, () -> authenticator.authenticate(request, endpoint, Samples.NOW));
    }

    private static String element(AwsError error, String name) {
        return String.valueOf(error.members().orElseThrow().get(name));
    }
}
