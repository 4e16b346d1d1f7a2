package dev.cloudjar.app;

import dev.cloudjar.kernel.policy.Ruling;
import dev.cloudjar.kernel.policy.Rulings;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of the admin API that is about who may do what: the latest decisions, and the least that a role
/// needed.
final class DecisionsApi {
    private final Rulings rulings;

    DecisionsApi(Rulings rulings) {
        this.rulings = rulings;
    }

    /// The answer, or nothing where the request is about something else.
    Optional<HttpResponse> answer(HttpRequest request) {
        return switch (request.method() + ' ' + request.path()) {
            case "GET /_cloudjar/decisions" -> json(Map.of("decisions", decisions(asked(request, "request"))));
            case "GET /_cloudjar/least-privilege" ->
                json(LeastPrivilege.of(
                        rulings.all(),
                        asked(request, "role")
                                .or(() -> asked(request, "user"))
                                .orElseThrow(
                                        () -> new IllegalArgumentException("Say which role or user, by its ARN."))));
            default -> Optional.empty();
        };
    }

    private static Optional<HttpResponse> json(Map<String, ?> object) {
        return Optional.of(HttpResponse.of(200, "application/json", Json.write(object)));
    }

    private static Optional<String> asked(HttpRequest request, String name) {
        for (String parameter : request.query().split("&")) {
            if (parameter.startsWith(name + '=')) {
                return Optional.of(URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private List<Map<String, Object>> decisions(Optional<String> requestId) {
        return rulings.all().stream()
                .filter(ruling -> requestId.isEmpty() || requestId.get().equals(ruling.requestId()))
                .map(DecisionsApi::shown)
                .toList();
    }

    private static Map<String, Object> shown(Ruling ruling) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("requestId", ruling.requestId());
        shown.put("time", ruling.at().toString());
        shown.put("principal", ruling.principal().arn());
        shown.put("action", ruling.action());
        shown.put("resource", ruling.resource());
        shown.put("decision", ruling.decision().outcome().wire());
        shown.put("because", ruling.refusal());
        shown.put("enforced", ruling.enforced());
        shown.put(
                "statements",
                ruling.hits().stream()
                        .map(hit -> Map.of(
                                "kind", hit.layer().title(),
                                "policy", hit.policy(),
                                "statement", hit.statement(),
                                "effect", hit.allows() ? "Allow" : "Deny"))
                        .toList());
        return shown;
    }
}
