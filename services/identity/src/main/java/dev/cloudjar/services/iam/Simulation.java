package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam.EvaluationResult;
import dev.cloudjar.api.Iam.PermissionsBoundaryDecisionDetail;
import dev.cloudjar.api.Iam.Statement;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Asked;
import dev.cloudjar.kernel.policy.Attached;
import dev.cloudjar.kernel.policy.Decision;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Evaluation;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Layer;
import dev.cloudjar.kernel.policy.Policies.Controls;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a set of policies would decide of some actions upon some resources.
///
/// @param policies those that grant
/// @param boundary those that bound; none where there is no boundary
/// @param caller in whose name
record Simulation(List<Source> policies, List<Source> boundary, String caller) {
    /// A policy, where it comes from, and of what kind that is, in the simulator's words.
    record Source(String id, String type, String document) {
        Attached attached() {
            return new Attached(id, Document.parse(document, Grammar.IDENTITY));
        }
    }

    /// What is to be decided. No resource means `*`.
    record Ask(
            List<String> actions,
            List<String> resources,
            Map<String, List<String>> context,
            Optional<String> resourcePolicy) {}

    private static final String RESOURCE_POLICY = "ResourcePolicy";

    /// The context entries of a request, by key in lower case.
    static Map<String, List<String>> context(Struct in) {
        var context = new HashMap<String, List<String>>();
        if (in.get("ContextEntries") instanceof List<?> entries) {
            for (Object each : entries) {
                if (each instanceof Struct entry && entry.get("ContextKeyName") instanceof String key) {
                    Object values = entry.get("ContextKeyValues");
                    context.put(
                            key.toLowerCase(Locale.ROOT),
                            values instanceof List<?> list
                                    ? list.stream().map(String::valueOf).toList()
                                    : List.of());
                }
            }
        }
        return context;
    }

    List<EvaluationResult> run(Ask ask) {
        List<String> resources = ask.resources().isEmpty() ? List.of("*") : ask.resources();
        var results = new ArrayList<EvaluationResult>();
        for (String action : ask.actions()) {
            for (String resource : resources) {
                results.add(result(action, resource, ask));
            }
        }
        return results;
    }

    private EvaluationResult result(String action, String resource, Ask ask) {
        Principal who = new Principal(caller, account(caller), caller);
        String owner = Arn.parse(resource)
                .map(Arn::account)
                .filter(account -> !account.isEmpty())
                .orElse(who.account());
        var asked = new Asked(who, action, resource, owner, values(ask.context()));
        Decision decision = Evaluation.of(asked, gathered(ask));
        var result = new EvaluationResult()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(decision.outcome().wire())
                .matchedStatements(matched(decision, ask))
                .missingContextValues(missing(ask));
        return boundary.isEmpty()
                ? result
                : result.permissionsBoundaryDecisionDetail(new PermissionsBoundaryDecisionDetail()
                        .allowedByPermissionsBoundary(decision.hits().stream()
                                .anyMatch(hit -> hit.layer() == Layer.BOUNDARY && hit.allows())));
    }

    private dev.cloudjar.kernel.policy.Policies gathered(Ask ask) {
        Optional<OfResource> resource = ask.resourcePolicy()
                .map(text ->
                        OfResource.of(new Attached(RESOURCE_POLICY, InlinePolicies.parsed(text, Grammar.RESOURCE))));
        Optional<Attached> bound = boundary.stream().findFirst().map(Source::attached);
        return new dev.cloudjar.kernel.policy.Policies(
                policies.stream().map(Source::attached).toList(), bound, List.of(), Controls.NONE, resource);
    }

    private static String account(String arn) {
        return Arn.parse(arn).map(Arn::account).orElse(Call.current().account());
    }

    /// What the simulator knows by itself, and over that what it was told.
    private Values values(Map<String, List<String>> context) {
        boolean user = caller.contains(":user/");
        String name = caller.substring(caller.lastIndexOf('/') + 1);
        Values known = key -> switch (key) {
            case "aws:principalarn" -> List.of(caller);
            case "aws:principalaccount" -> List.of(account(caller));
            case "aws:username" -> user ? List.of(name) : List.of();
            case "aws:principaltype" -> List.of(user ? "User" : "AssumedRole");
            default -> List.of();
        };
        return known.over(context);
    }

    private List<Statement> matched(Decision decision, Ask ask) {
        var matched = new ArrayList<Statement>();
        for (Decision.Hit hit : decision.hits()) {
            boolean decides = decision.outcome() == Decision.Outcome.EXPLICIT_DENY ? !hit.allows() : hit.allows();
            if (decides && hit.layer() != Layer.BOUNDARY) {
                matched.add(statement(hit, ask));
            }
        }
        return matched;
    }

    private Statement statement(Decision.Hit hit, Ask ask) {
        Optional<Source> source =
                policies.stream().filter(each -> each.id().equals(hit.policy())).findFirst();
        String text = source.map(Source::document).or(ask::resourcePolicy).orElse("");
        var statement = new Statement()
                .sourcePolicyId(hit.policy())
                .sourcePolicyType(source.map(Source::type).orElse("Resource Policy"));
        Positions.of(text, hit.statement())
                .ifPresent(found -> statement.startPosition(found.start()).endPosition(found.end()));
        return statement;
    }

    /// The keys that the policies ask for and nobody has told.
    private List<String> missing(Ask ask) {
        return policies.stream()
                .flatMap(source -> ContextKeys.of(source.document()).stream())
                .distinct()
                .filter(key ->
                        values(ask.context()).of(key.toLowerCase(Locale.ROOT)).isEmpty())
                .toList();
    }
}
