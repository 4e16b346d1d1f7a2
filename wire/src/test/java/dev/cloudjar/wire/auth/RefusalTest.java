package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each way to sign wrongly is refused in the words of the service that was asked; each request here is one edit
/// away from one that is believed.
class RefusalTest {
    private final Trial trial = new Trial();

    @Test
    void whatIsMissingInTheHeaderIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, query());

        AwsError noSignature =
                trial.refusal(Trial.withAuthorization(good, a -> a.replace("Signature=", "Sig=")), query());
        assertThat(noSignature)
                .hasMessageStartingWith("Authorization header requires 'Signature' parameter. Authorization=");
        Trial.assertCode(noSignature, "IncompleteSignature", 400);

        AwsError nothing = trial.refusal(Trial.withAuthorization(good, a -> "AWS4-HMAC-SHA256 Nothing=1"), query());
        assertThat(nothing)
                .hasMessage("Authorization header requires 'Credential' parameter. Authorization header requires"
                        + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization=AWS4-HMAC-SHA256 Nothing=1");
    }

    @Test
    void aMissingDateIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, query());
        good.headers().remove("X-Amz-Date");

        assertThat(trial.refusal(good, query()))
                .hasMessageStartingWith("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                        + " header. Authorization=");
    }

    @Test
    void aPartWithoutAnEqualSignIsNamed() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, json());

        AwsError error =
                trial.refusal(Trial.withAuthorization(good, a -> a.replace("Credential=", "Credential= ")), json());

        assertThat(error)
                .hasMessageStartingWith("'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request' not a valid key=value pair"
                        + " (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential= ");
        Trial.assertCode(error, "IncompleteSignatureException", 400);
    }

    @Test
    void aCredentialHasFiveElements() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, query());

        AwsError error = trial.refusal(Trial.withAuthorization(good, a -> a.replace("/aws4_request", "")), query());

        assertThat(error)
                .hasMessage("Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got 'AKIDEXAMPLE/20150830/us-east-1/iam'");
        Trial.assertCode(error, "IncompleteSignature", 400);
    }

    @Test
    void theScopeMustBeRight() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, query());

        assertThat(trial.refusal(Trial.withAuthorization(good, a -> a.replace("/iam/", "/sts/")), query()))
                .hasMessage("Credential should be scoped to correct service: 'iam'. ");
        assertThat(trial.refusal(
                        Trial.withAuthorization(good, a -> a.replace("aws4_request", "aws5_request")), query()))
                .hasMessage(
                        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ");
        assertThat(trial.refusal(Trial.withAuthorization(good, a -> a.replace("/20150830/", "/20150829/")), query()))
                .hasMessage("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
                        + " '20150829' != '20150830', from '20150830T123600Z'.");
        Endpoint elsewhere = new Endpoint(query().operation(), Protocol.AWS_QUERY, Optional.of("eu-west-1"));
        assertThat(trial.refusal(good, elsewhere))
                .hasMessage("Credential should be scoped to a valid region, not 'us-east-1'. ");
    }

    @Test
    void anOldSignatureHasExpired() throws IOException {
        trial.assertBelieved(iam().at(Samples.NOW.minusSeconds(900)).sign(), query());

        AwsError error = trial.refusal(iam().at(Samples.NOW.minusSeconds(901)).sign(), query());

        assertThat(error)
                .hasMessage("Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z"
                        + " (20150830T123600Z - 15 min.)");
        Trial.assertCode(error, "SignatureDoesNotMatch", 403);
    }

    @Test
    void aSignatureFromTheFutureIsNotYetCurrent() throws IOException {
        trial.assertBelieved(iam().at(Samples.NOW.plusSeconds(900)).sign(), json());

        AwsError error = trial.refusal(iam().at(Samples.NOW.plusSeconds(901)).sign(), json());

        assertThat(error).hasMessageStartingWith("Signature not yet current: 20150830T125101Z is still later than");
        Trial.assertCode(error, "InvalidSignatureException", 400);
    }

    @Test
    void aWrongSecretIsAnsweredWithWhatShouldHaveBeenSigned() throws IOException {
        trial.assertBelieved(iam().sign(), query());

        AwsError error = trial.refusal(iam().key(Samples.ID, "other").sign(), query());

        Trial.assertCode(error, "SignatureDoesNotMatch", 403);
        assertThat(error.message())
                .startsWith("The request signature we calculated does not match the signature you provided. Check your"
                        + " AWS Secret Access Key and signing method. Consult the service documentation for details.")
                .contains("\n\nThe Canonical String for this request should have been\n'POST\n/\n")
                .contains("\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20150830T123600Z\n");
    }

    @Test
    void anUnknownKeyIsAnInvalidToken() throws IOException {
        trial.assertBelieved(iam().sign(), query());
        HttpRequest stranger = iam().key("AKIDSTRANGER", Samples.SECRET).sign();

        trial.assertRefused(stranger, query(), "InvalidClientTokenId", 403);
        trial.assertRefused(stranger, json(), "UnrecognizedClientException", 400);
        trial.assertRefused(stranger, Samples.plain("iam", Protocol.REST_JSON), "UnrecognizedClientException", 403);
        assertThat(trial.refusal(stranger, query()))
                .hasMessage("The security token included in the request is invalid.");
        assertThat(trial.refusal(stranger, Samples.plain("iam", Protocol.EC2_QUERY)))
                .hasMessage("AWS was not able to validate the provided access credentials");
        trial.assertRefused(stranger, Samples.plain("iam", Protocol.EC2_QUERY), "AuthFailure", 401);
    }

    @Test
    void anUnsignedRequestLacksItsToken() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, query());
        good.headers().remove("Authorization");

        trial.assertRefused(good, query(), "MissingAuthenticationToken", 403);
        trial.assertRefused(good, json(), "MissingAuthenticationTokenException", 400);
        trial.assertRefused(good, Samples.plain("iam", Protocol.REST_JSON), "MissingAuthenticationTokenException", 403);
    }

    @Test
    void aTemporaryKeyNeedsItsTokenWhileItLasts() throws IOException {
        SecretKeys keys =
                id -> Optional.of(SecretKeys.SecretKey.temporary(Samples.SECRET, "token", Samples.NOW.plusSeconds(60)));
        var sessions = new Authenticator(keys, CredentialRules.STRICT);
        HttpRequest good = iam().token("token").sign();
        assertThatCode(() -> sessions.authenticate(good, query(), Samples.NOW)).doesNotThrowAnyException();

        assertThat(Trial.refusal(sessions, iam().sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
        assertThat(Trial.refusal(sessions, iam().token("other").sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
        AwsError late = catchThrowableOfType(
                AwsError.class, () -> sessions.authenticate(good, query(), Samples.NOW.plusSeconds(60)));
        assertThat(late).hasMessage("The security token included in the request is expired");
        Trial.assertCode(late, "ExpiredToken", 403);
    }

    @Test
    void aDeletedKeyIsUnknownEvenToThoseWhoTakeAnything() throws IOException {
        var deleted = new SecretKeys.SecretKey(Samples.SECRET, Optional.empty(), Optional.empty(), false);
        var lenient = new Authenticator(id -> Optional.of(deleted), CredentialRules.LENIENT);

        assertThat(Trial.refusal(lenient, iam().sign(), query()))
                .hasMessage("The security token included in the request is invalid.");
    }

    @Test
    void hostMustBeSigned() throws IOException {
        HttpRequest good = iam().sign();
        trial.assertBelieved(good, json());

        assertThat(trial.refusal(Trial.withAuthorization(good, a -> a.replace(";host;", ";")), json()))
                .hasMessage("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
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
}
