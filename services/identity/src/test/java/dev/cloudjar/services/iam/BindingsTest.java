package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.services.trial.Trial;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What binds somebody is what stands in the store, wherever that has come from.
class BindingsTest {
    private final Trial trial = Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class)));
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
        var request = new Call.Request("iam", "GetUser", "request", trial.now(), "http://localhost:4566");
        judge.require(Call.of(who, Trial.ACCOUNT, Trial.REGION, request), Access.of(action, "*"), "iam");
    }

    @Test
    void aWorldThatWentBackAndTookAnotherWayRemembersNothingOfTheFirst() {
        Iam.CreateUserResponse made = trial.call(new Iam.CreateUserRequest().userName("ann"));
        var ann = new Principal(
                "arn:aws:iam::" + Trial.ACCOUNT + ":user/ann",
                Trial.ACCOUNT,
                made.user().orElseThrow().userId());
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
