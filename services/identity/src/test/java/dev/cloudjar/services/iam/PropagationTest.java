package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where changes in IAM take their time, IAM itself shows them at once and others see them later.
class PropagationTest {
    private static final String ROLE = "arn:aws:iam::" + Trial.ACCOUNT + ":role/work";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},\
            "Action":"sts:AssumeRole"}]}""";
    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    private final Trial trial =
            Trial.telling(Duration.ofSeconds(10), new Entry("iam", IamService::new, Set.of(Identities.class)));
    private final Identities identities = trial.world().port(Identities.class).orElseThrow();

    @AfterEach
    void close() {
        trial.close();
    }

    private Optional<Identities.Role> role() {
        return trial.within(() -> identities.role(Arn.parse(ROLE).orElseThrow()));
    }

    private int policies(Principal who) {
        return trial.within(() -> identities.bindings(who).identity().size());
    }

    @Test
    void aNewRoleIsAssumedOnlyOnceItIsKnown() {
        trial.call(
                new Iam.CreateRoleRequest().roleName("work").assumeRolePolicyDocument(TRUST.formatted(Trial.ACCOUNT)));
        trial.call(new Iam.GetRoleRequest().roleName("work"));

        assertThat(role()).isEmpty();
        trial.pass(Duration.ofSeconds(9));
        assertThat(role()).isEmpty();
        trial.pass(Duration.ofSeconds(1));
        assertThat(role()).isPresent();

        trial.call(
                new Iam.UpdateAssumeRolePolicyRequest().roleName("work").policyDocument(TRUST.formatted(Trial.OTHER)));
        assertThat(role().orElseThrow().trust()).contains(Trial.ACCOUNT);
        trial.pass(Duration.ofSeconds(10));
        assertThat(role().orElseThrow().trust()).contains(Trial.OTHER);
    }

    @Test
    void aPolicyBindsLaterThanItIsShown() {
        Principal ann = trial.user("ann");
        trial.pass(Duration.ofSeconds(10));
        long before = trial.within(() -> identities.generation(Trial.ACCOUNT));
        trial.call(
                new Iam.PutUserPolicyRequest().userName("ann").policyName("all").policyDocument(EVERYTHING));

        assertThat(policies(ann)).isZero();
        long meanwhile = trial.within(() -> identities.generation(Trial.ACCOUNT));
        trial.pass(Duration.ofSeconds(10));
        assertThat(policies(ann)).isEqualTo(1);
        assertThat(Set.of(before, meanwhile, trial.within(() -> identities.generation(Trial.ACCOUNT))))
                .hasSize(3);
    }
}
