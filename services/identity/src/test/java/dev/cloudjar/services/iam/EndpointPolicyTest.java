package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Endpoints;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.services.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What comes by a VPC endpoint is held to its policy, whoever sends it, root included.
class EndpointPolicyTest {
    private static final String ID = "vpce-1";

    /// A network with one endpoint, to which every caller comes.
    private record Network(String policy) implements Service, Endpoints {
        @Override
        public List<Api> parts() {
            return List.of(new Organizations() {});
        }

        @Override
        public Optional<Endpoint> between(String address, String service) {
            return find(ID);
        }

        @Override
        public Optional<Endpoint> find(String id) {
            Arn vpc = new Arn("aws", "ec2", Trial.REGION, Trial.ACCOUNT, "vpc/vpc-1");
            return Optional.of(new Endpoint(id, Trial.ACCOUNT, vpc, policy));
        }
    }

    private final Trial trial = Trial.of(
            new Entry("iam", IamService::new, Set.of(Identities.class)),
            new Entry(
                    "organizations",
                    _ -> new Network(
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                                    + "\"Action\":\"iam:ListUsers\",\"Resource\":\"*\"}]}"),
                    Set.of(Endpoints.class)));
    private final Judge judge = new Judge(trial.world(), false);
    private final Principal ann = trial.user("ann");

    @AfterEach
    void close() {
        trial.close();
    }

    private void allow(String condition) {
        trial.call(
                new Iam.PutUserPolicyRequest().userName("ann").policyName("all").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*",\
                        "Condition":{%s}}]}""".formatted(
                                condition)));
    }

    /// Asks whether `who` may do it, coming by the endpoint, or over the internet.
    private void ask(Principal who, String name, boolean byEndpoint) {
        Bound iam = trial.world().service("iam").orElseThrow();
        OperationSchema operation = iam.schema().operations().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var request = new Call.Request("iam", name, "request", trial.now(), "http://localhost:4566");
        Call call = Call.of(who, Trial.ACCOUNT, Trial.REGION, request)
                .knowing(byEndpoint ? Values.NONE.over(Map.of("aws:sourcevpce", List.of(ID))) : Values.NONE);
        judge.authorize(call, iam.service(), operation, operation.input().create());
    }

    @Test
    void whatThePolicyAllowsPasses() {
        allow("");

        ask(ann, "ListUsers", true);
        ask(Principal.root(Trial.ACCOUNT), "ListUsers", true);

        assertThat(judge.rulings().all()).hasSize(2);
    }

    @Test
    void whatItDoesNotAllowIsRefusedInItsName() {
        allow("");

        ask(ann, "ListGroups", false);
        assertThat(Trial.refusal(() -> ask(ann, "ListGroups", true)))
                .isEqualTo("AccessDenied User: arn:aws:iam::111122223333:user/ann is not authorized to perform:"
                        + " iam:ListGroups on resource: arn:aws:iam::111122223333:group/ because no VPC endpoint policy"
                        + " allows the iam:ListGroups action");
        assertThat(Trial.refusal(() -> ask(Principal.root(Trial.ACCOUNT), "ListGroups", true)))
                .startsWith("AccessDenied User: arn:aws:iam::111122223333:root")
                .endsWith("because no VPC endpoint policy allows the iam:ListGroups action");
    }

    @Test
    void policiesMayAskForTheEndpoint() {
        allow("\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1\"}");

        ask(ann, "ListUsers", true);
        assertThat(Trial.refusal(() -> ask(ann, "ListUsers", false)))
                .endsWith("because no identity-based policy allows the iam:ListUsers action");
    }
}
