package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.function.UnaryOperator;

/// Requests put before an authenticator that knows one key and wants every signature right.
final class Trial {
    private final Authenticator authenticator = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    static HttpRequest withAuthorization(HttpRequest request, UnaryOperator<String> edit) {
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

    Authenticator authenticator() {
        return authenticator;
    }

    void assertBelieved(HttpRequest request, Endpoint endpoint) {
        assertThatCode(() -> authenticator.authenticate(request, endpoint, Samples.NOW))
                .doesNotThrowAnyException();
    }

    void assertRefused(HttpRequest request, Endpoint endpoint, String code, int status) {
        assertCode(refusal(request, endpoint), code, status);
    }

    static void assertCode(AwsError error, String code, int status) {
        assertThat(error.code().code()).isEqualTo(code);
        assertThat(error.code().status()).isEqualTo(status);
    }

    AwsError refusal(HttpRequest request, Endpoint endpoint) {
        return refusal(authenticator, request, endpoint);
    }

    static AwsError refusal(Authenticator authenticator, HttpRequest request, Endpoint endpoint) {
        return catchThrowableOfType(AwsError.class, () -> authenticator.authenticate(request, endpoint, Samples.NOW));
    }

    static String element(AwsError error, String name) {
        return String.valueOf(error.members().orElseThrow().get(name));
    }
}
