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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
                json(least(asked(request, "role")
                        .or(() -> asked(request, "user"))
                        .orElseThrow(() -> new IllegalArgumentException("Say which role or user, by its ARN."))));
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

    /// A policy that allows what was allowed and nothing else: a statement for each set of resources.
    private Map<String, Object> least(String holder) {
        var resources = new TreeMap<String, SortedSet<String>>();
        rulings.all().stream()
                .filter(ruling ->
                        ruling.holder().equals(holder) && ruling.decision().isAllowed())
                .forEach(ruling -> resources
                        .computeIfAbsent(ruling.action(), _ -> new TreeSet<>())
                        .add(ruling.resource()));
        Map<SortedSet<String>, List<String>> actions = resources.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        List<Map<String, Object>> statements = actions.entrySet().stream()
                .map(entry -> statement(entry.getValue(), List.copyOf(entry.getKey())))
                .toList();
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", statements);
        return policy;
    }

    private static Map<String, Object> statement(List<String> actions, List<String> resources) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", "Allow");
        statement.put("Action", actions);
        statement.put("Resource", resources);
        return statement;
    }
}
