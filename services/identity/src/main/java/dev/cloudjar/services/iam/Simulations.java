package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.iam.Simulation.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The policy simulator, by the engine that judges calls: of policies that are given, or of those somebody has.
final class Simulations implements Iam {
    private final Binder binder;
    private final Pages pages;

    Simulations(Kernel kernel, Binder binder) {
        this.binder = binder;
        this.pages = new Pages(kernel);
    }

    private static List<Source> given(List<String> documents, String label) {
        var sources = new ArrayList<Source>();
        for (String document : documents) {
            InlinePolicies.check(document);
            sources.add(new Source(label + '.' + (sources.size() + 1), "IAM Policy", document));
        }
        return sources;
    }

    @Override
    public SimulatePolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest in) {
        var out = new SimulatePolicyResponse();
        var simulation = new Simulation(
                given(in.policyInputList(), "PolicyInputList"),
                given(in.permissionsBoundaryPolicyInputList(), "PermissionsBoundaryPolicyInputList"),
                in.callerArn().orElse(Directory.arn("user/simulated")));
        return out.evaluationResults(pages.of(in, out, simulation.run(ask(in))));
    }

    @Override
    public SimulatePolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest in) {
        var out = new SimulatePolicyResponse();
        Arn arn = source(in.policySourceArn());
        var sources = new ArrayList<>(binder.sources(arn));
        sources.addAll(given(in.policyInputList(), "PolicyInputList"));
        List<Source> bounds = in.permissionsBoundaryPolicyInputList().isEmpty()
                ? binder.boundary(arn)
                : given(in.permissionsBoundaryPolicyInputList(), "PermissionsBoundaryPolicyInputList");
        String caller = in.callerArn().orElse(in.policySourceArn());
        return out.evaluationResults(pages.of(in, out, new Simulation(sources, bounds, caller).run(ask(in))));
    }

    private static Arn source(String text) {
        return Arn.parse(text)
                .filter(arn -> arn.account().equals(Call.current().account()))
                .orElseThrow(() -> Refusals.invalid(
                        "Invalid Entity Arn: " + text + " does not clearly define entity type and name."));
    }

    private static Simulation.Ask ask(Struct in) {
        return new Simulation.Ask(
                texts(in, "ActionNames"),
                texts(in, "ResourceArns"),
                Simulation.context(in),
                Optional.ofNullable((String) in.get("ResourcePolicy")));
    }

    private static List<String> texts(Struct in, String member) {
        return in.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Override
    public GetContextKeysForPolicyResponse getContextKeysForCustomPolicy(GetContextKeysForCustomPolicyRequest in) {
        return new GetContextKeysForPolicyResponse().contextKeyNames(keys(in.policyInputList(), List.of()));
    }

    @Override
    public GetContextKeysForPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest in) {
        List<Source> held = binder.sources(source(in.policySourceArn()));
        return new GetContextKeysForPolicyResponse().contextKeyNames(keys(in.policyInputList(), held));
    }

    private static List<String> keys(List<String> documents, List<Source> held) {
        Set<String> keys = new LinkedHashSet<>();
        documents.forEach(document -> {
            InlinePolicies.check(document);
            keys.addAll(ContextKeys.of(document));
        });
        held.forEach(source -> keys.addAll(ContextKeys.of(source.document())));
        return List.copyOf(keys);
    }
}
