package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.services.sts.StsService;
import dev.cloudjar.services.trial.Trial;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What binds somebody is what stands in the store, wherever that has come from.
class BindingsTest {
    private static final String ROLE = "arn:aws:iam::" + Trial.ACCOUNT + ":role/work";

    private final Trial trial =
            Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class)), new Entry("sts", StsService::new));
    private final Judge judge = new Judge(trial.world(), false);

    @AfterEach
    void close() {
        trial.close();
    }

    private void allow(String action) {
        trial.call(new Iam.PutUserPolicyRequest()
                .userName("ann")
                .policyName("own")
                .policyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":\""
                                + action + "\"}]}"));
    }

    private void ask(Principal who, String action) {
        ask(who, action, "*");
    }

    private void ask(Principal who, String action, String resource) {
        var request = new Call.Request("iam", "GetUser", "request", trial.now(), "http://localhost:4566");
        judge.require(Call.of(who, Trial.ACCOUNT, Trial.REGION, request), Access.of(action, resource), "iam");
    }

    private static String trust(String whom) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"AWS\":\"" + whom + "\"}}]}";
    }

    @Test
    void whatWasAllowedManyTimesIsRefusedOnceItsPolicyIsGone() {
        Principal ann = trial.user("ann");
        allow("iam:GetUser");
        for (int i = 0; i < 3; i++) {
            ask(ann, "iam:GetUser");
        }

        trial.call(new Iam.DeleteUserPolicyRequest().userName("ann").policyName("own"));

        assertThat(Trial.refusal(() -> ask(ann, "iam:GetUser")))
                .endsWith("because no identity-based policy allows the iam:GetUser action");
        allow("iam:GetUser");
        ask(ann, "iam:GetUser");
        assertThat(judge.rulings().all()).hasSize(5);
    }

    @Test
    void whatAResourceAllowedManyTimesIsRefusedOnceItSaysSomethingElse() {
        Principal ann = trial.user("ann");
        trial.call(new Iam.CreateRoleRequest().roleName("work").assumeRolePolicyDocument(trust(ann.arn())));
        for (int i = 0; i < 3; i++) {
            ask(ann, "sts:AssumeRole", ROLE);
        }

        trial.call(new Iam.UpdateAssumeRolePolicyRequest().roleName("work").policyDocument(trust(Trial.OTHER)));

        assertThat(Trial.refusal(() -> ask(ann, "sts:AssumeRole", ROLE))).startsWith("AccessDenied");
    }

    @Test
    void aWorldThatWentBackAndTookAnotherWayRemembersNothingOfTheFirst() {
        Principal ann = trial.user("ann");
        trial.world().snapshots().save("before");
        allow("iam:GetUser");
        ask(ann, "iam:GetUser");

        trial.world().snapshots().load("before");
        allow("iam:GetRole");

        ask(ann, "iam:GetRole");
        assertThat(Trial.refusal(() -> ask(ann, "iam:GetUser")))
                .endsWith("because no identity-based policy allows the iam:GetUser action");
    }
}
