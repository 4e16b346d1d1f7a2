package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.WebTokens;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an account publishes so that others can check its web identity tokens, at the host that is their issuer.
final class TokenKeys {
    private static final String HOST = ".tokens.sts.global.api.aws";
    private static final String KEYS = "/.well-known/jwks.json";

    private final World world;

    TokenKeys(World world) {
        this.world = world;
    }

    /// The page of an issuer, where the host is one's.
    Optional<HttpResponse> page(HttpRequest request) {
        int mark = request.host().indexOf(HOST);
        return mark < 1
                ? Optional.empty()
                : Optional.of(
                        page(request.host().substring(0, mark + HOST.length()).toLowerCase(Locale.ROOT), request));
    }

    private HttpResponse page(String host, HttpRequest request) {
        Optional<String> keys =
                world.asKernel(() -> world.port(WebTokens.class).flatMap(tokens -> tokens.keySet(host)));
        if (keys.isEmpty() || !request.method().equals("GET")) {
            return HttpResponse.of(404, "application/json", "{}");
        }
        return switch (request.path()) {
            case KEYS -> HttpResponse.of(200, "application/json", keys.get());
            case "/.well-known/openid-configuration" ->
                HttpResponse.of(200, "application/json", Json.write(configuration("https://" + host)));
            default -> HttpResponse.of(404, "application/json", "{}");
        };
    }

    private static Map<String, Object> configuration(String issuer) {
        return Map.of(
                "issuer", issuer,
                "jwks_uri", issuer + KEYS,
                "response_types_supported", List.of("id_token"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256", "ES384"));
    }
}
