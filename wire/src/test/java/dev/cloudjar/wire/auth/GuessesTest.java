package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A strict cloud does not let anybody try secrets as fast as he can.
class GuessesTest {
    private static final Endpoint QUEUE = Samples.plain("sqs", Protocol.AWS_JSON_1_0);
    private final Authenticator strict = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    private static HttpRequest signed(String key, String secret) throws IOException {
        return SdkSigner.service("sqs").key(key, secret).sign();
    }

    private static String answer(Authenticator authenticator, HttpRequest request, Instant now) {
        AwsError refused = catchThrowableOfType(AwsError.class, () -> authenticator.authenticate(request, QUEUE, now));
        return refused == null ? "let in" : refused.code().code();
    }

    private void guess(Authenticator authenticator, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(answer(authenticator, signed(Samples.ID, "guess " + i), Samples.NOW))
                    .isEqualTo("InvalidSignatureException");
        }
    }

    @Test
    void afterTenWrongSecretsNoFurtherOneIsTried() throws IOException {
        guess(strict, Guesses.MOST);

        assertThat(answer(strict, signed(Samples.ID, Samples.SECRET), Samples.NOW))
                .isEqualTo("ThrottlingException");
    }

    @Test
    void nineWrongSecretsAreForgiven() throws IOException {
        guess(strict, Guesses.MOST - 1);

        assertThat(answer(strict, signed(Samples.ID, Samples.SECRET), Samples.NOW))
                .isEqualTo("let in");
    }

    @Test
    void aMinuteLaterTheKeyIsGoodAgain() throws IOException {
        guess(strict, Guesses.MOST);

        assertThat(answer(strict, signed(Samples.ID, Samples.SECRET), Samples.NOW.plus(Guesses.WINDOW)))
                .isEqualTo("let in");
    }

    @Test
    void whoGuessesAtKeysThatAreNotThereIsStoppedAsWell() throws IOException {
        for (int i = 0; i < Guesses.MOST; i++) {
            assertThat(answer(strict, signed("AKIA000000000000000" + i, "x"), Samples.NOW))
                    .isEqualTo("UnrecognizedClientException");
        }

        assertThat(answer(strict, signed("AKIAANOTHERONE", "x"), Samples.NOW)).isEqualTo("ThrottlingException");
        assertThat(answer(strict, signed(Samples.ID, Samples.SECRET), Samples.NOW))
                .isEqualTo("let in");
    }

    @Test
    void aCloudThatIsNotStrictHoldsNobodyUp() throws IOException {
        var lenient = new Authenticator(Samples.KEYS, CredentialRules.LENIENT);
        guess(lenient, Guesses.MOST);

        assertThat(answer(lenient, signed(Samples.ID, Samples.SECRET), Samples.NOW))
                .isEqualTo("let in");
    }
}
