package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.kernel.policy.Ruling;
import dev.cloudjar.services.trial.Trial;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nobody hands a role to a service who may not pass it there.
class PassRoleTest {
    private static final String ROLE = "arn:aws:iam::" + Trial.ACCOUNT + ":role/machine";
    private static final String REFUSAL = "AccessDenied User: arn:aws:iam::" + Trial.ACCOUNT
            + ":user/ann is not authorized to perform: iam:PassRole on resource: " + ROLE
            + " because no identity-based policy allows the iam:PassRole action";

    private final Trial trial = Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class)));
    private final Judge audit = new Judge(trial.world(), true);
    private final Trial ann = trial.by(trial.user("ann"));

    @BeforeEach
    void machine() {
        trial.world().judgedBy(new Judge(trial.world(), false));
        trial.call(new Iam.CreateRoleRequest().roleName("machine").assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
                "Principal":{"Service":"ec2.amazonaws.com"}}]}"""));
        trial.call(new Iam.CreateInstanceProfileRequest().instanceProfileName("machine"));
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private void pass() {
        ann.call(new Iam.AddRoleToInstanceProfileRequest()
                .instanceProfileName("machine")
                .roleName("machine"));
    }

    private void allow(String resource, String service) {
        trial.call(new Iam.PutUserPolicyRequest()
                .userName("ann")
                .policyName("pass")
                .policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"%s",\
                "Condition":{"StringEquals":{"iam:PassedToService":"%s"}}}]}""".formatted(resource, service)));
    }

    @Test
    void whoMayPassTheRoleToMachinesDoes() {
        allow(ROLE, "ec2.amazonaws.com");

        pass();

        Iam.GetInstanceProfileResponse found =
                trial.call(new Iam.GetInstanceProfileRequest().instanceProfileName("machine"));
        assertThat(found.instanceProfile().roles()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:role/other, ec2.amazonaws.com",
        "arn:aws:iam::111122223333:role/machine, lambda.amazonaws.com"
    })
    void whoMayNotIsRefused(String resource, String service) {
        allow(resource, service);

        assertThat(Trial.refusal(this::pass)).isEqualTo(REFUSAL);
    }

    @Test
    void anAuditNotesWhatItWouldHaveRefusedAndLetsItPass() {
        trial.world().judgedBy(audit);

        pass();

        assertThat(audit.rulings().all()).singleElement().satisfies(ruling -> {
            assertThat(ruling.enforced()).isFalse();
            assertThat("AccessDenied " + ruling.refusal()).isEqualTo(REFUSAL);
            assertThat(ruling).extracting(Ruling::action).isEqualTo("iam:PassRole");
        });
    }
}
