package dev.cloudjar.services.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.services.trial.Trial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies of several levels come to one, which may lack what all of them left to the others.
class EffectivePolicyTest {
    private static final String RULES = "{\"plans\":{\"daily\":{\"rules\":{\"night\":{"
            + "\"target_backup_vault_name\":{\"@@assign\":\"vault\"}}},\"regions\":{\"@@assign\":[\"us-east-1\"]}}}}";
    private static final String SELECTION = "{\"plans\":{\"daily\":{\"selections\":{\"tags\":{\"pii\":{"
            + "\"iam_role_arn\":{\"@@assign\":\"arn:aws:iam::$account:role/backup\"},"
            + "\"tag_key\":{\"@@assign\":\"data\"},\"tag_value\":{\"@@append\":[%s]}}}}}}}";

    private final Trial trial = Trial.of(new Service.Entry("organizations", OrganizationsService::new));
    private String root = "";

    @BeforeEach
    void createOrganization() {
        trial.call(new Organizations.CreateOrganizationRequest());
        Organizations.ListRootsResponse roots = trial.call(new Organizations.ListRootsRequest());
        root = roots.roots().getFirst().id().orElseThrow();
        enable(PolicyType.BACKUP_POLICY);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private void enable(String type) {
        trial.call(new Organizations.EnablePolicyTypeRequest().rootId(root).policyType(type));
    }

    private static Organizations.CreatePolicyRequest creating(String type, String content) {
        return new Organizations.CreatePolicyRequest()
                .name("policy " + content.hashCode())
                .description("")
                .type(type)
                .content(content);
    }

    private String attach(String type, String content) {
        Organizations.CreatePolicyResponse made = trial.call(creating(type, content));
        String id = made.policy()
                .flatMap(policy -> policy.policySummary())
                .orElseThrow()
                .id()
                .orElseThrow();
        trial.call(new Organizations.AttachPolicyRequest().policyId(id).targetId(root));
        return id;
    }

    private static String selection(int values) {
        return SELECTION.formatted(
                IntStream.range(0, values).mapToObj(i -> "\"v" + i + '"').collect(Collectors.joining(",")));
    }

    private static Organizations.ListEffectivePolicyValidationErrorsRequest asking(String account) {
        return new Organizations.ListEffectivePolicyValidationErrorsRequest()
                .accountId(account)
                .policyType(PolicyType.BACKUP_POLICY);
    }

    private List<Organizations.EffectivePolicyValidationError> errors() {
        Organizations.ListEffectivePolicyValidationErrorsResponse told = trial.call(asking(Trial.ACCOUNT));
        return told.effectivePolicyValidationErrors();
    }

    private List<String> invalid(String type) {
        Organizations.ListAccountsWithInvalidEffectivePolicyResponse told =
                trial.call(new Organizations.ListAccountsWithInvalidEffectivePolicyRequest().policyType(type));
        assertThat(told.policyType()).contains(type);
        return told.accounts().stream()
                .map(account -> account.id().orElseThrow())
                .toList();
    }

    @Test
    void whatAllPoliciesLeaveOutIsMissing() {
        String rules = attach(PolicyType.BACKUP_POLICY, RULES);

        assertThat(errors()).singleElement().satisfies(error -> {
            assertThat(error.errorCode()).contains("ELEMENTS_TOO_FEW");
            assertThat(error.pathToError()).contains("$.plans.daily.selections");
            assertThat(error.contributingPolicies()).containsExactly(rules);
        });
        assertThat(invalid(PolicyType.BACKUP_POLICY)).containsExactly(Trial.ACCOUNT);

        attach(PolicyType.BACKUP_POLICY, selection(1));
        assertThat(errors()).isEmpty();
        assertThat(invalid(PolicyType.BACKUP_POLICY)).isEmpty();
    }

    @Test
    void whatBackupDoesNotTakeIsTooMuch() {
        attach(PolicyType.BACKUP_POLICY, RULES);
        String fitting = attach(PolicyType.BACKUP_POLICY, selection(30));
        assertThat(errors()).isEmpty();

        String more = attach(PolicyType.BACKUP_POLICY, selection(31));
        Organizations.ListEffectivePolicyValidationErrorsResponse told = trial.call(asking(Trial.ACCOUNT));

        assertThat(told.path().orElseThrow()).endsWith('/' + root + '/' + Trial.ACCOUNT + '/');
        assertThat(told.evaluationTimestamp()).contains(trial.now());
        assertThat(told.effectivePolicyValidationErrors()).singleElement().satisfies(error -> {
            assertThat(error.errorCode()).contains("ELEMENTS_TOO_MANY");
            assertThat(error.pathToError()).contains("$.plans.daily.selections.tags.pii.tag_value");
            assertThat(error.contributingPolicies()).containsExactlyInAnyOrder(fitting, more);
        });
    }

    @Test
    void aTypeThatIsNotEnabledHasNoEffectivePolicies() {
        String refusal = "EffectivePolicyNotFoundException An effective policy of this type doesn't exist for the"
                + " specified target.";
        var listing =
                new Organizations.ListAccountsWithInvalidEffectivePolicyRequest().policyType(PolicyType.TAG_POLICY);

        assertThat(Trial.refusal(() -> trial.call(listing))).isEqualTo(refusal);
        assertThat(Trial.refusal(() -> trial.call(asking(Trial.ACCOUNT)))).isEqualTo(refusal);
        assertThat(Trial.refusal(() -> trial.call(
                        new Organizations.DescribeEffectivePolicyRequest().policyType(PolicyType.TAG_POLICY))))
                .isEqualTo(refusal);
        assertThat(Trial.refusal(() -> trial.call(asking("999999999999")))).startsWith("AccountNotFoundException");
        enable(PolicyType.TAG_POLICY);
        assertThat(invalid(PolicyType.TAG_POLICY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\":{\"team\":{\"tag_key\":\"team\"}}}",
                "{\"tags\":{\"team\":{\"tag_key\":{\"@@set\":\"team\"}}}}",
                "{\"tags\":{\"team\":{\"tag_key\":{\"@@assign\":{\"a\":\"b\"}}}}}",
                "{\"tags\":{\"team\":{\"@@operators_allowed_for_child_policies\":[\"@@some\"]}}}",
                "{\"tags\":{},\"plans\":{}}"
            })
    void valuesStandBehindOperators(String content) {
        assertThat(Trial.refusal(() -> trial.call(creating(PolicyType.TAG_POLICY, content))))
                .startsWith("MalformedPolicyDocumentException");
        trial.call(creating(
                PolicyType.TAG_POLICY,
                "{\"tags\":{\"team\":{\"tag_key\":{\"@@assign\":\"team\","
                        + "\"@@operators_allowed_for_child_policies\":[\"@@none\"]}}}}"));
    }

    @Test
    void eachTypeHasItsOwnSizeAndNumber() {
        String padding = " ".repeat(2_500);
        String optOut = "{\"services\":{\"default\":{\"opt_out_policy\":{\"@@assign\":\"optOut\"}}}}";

        assertThat(Trial.refusal(() -> trial.call(creating(PolicyType.AISERVICES_OPT_OUT_POLICY, optOut + padding))))
                .startsWith("ConstraintViolationException");
        trial.call(creating(PolicyType.AISERVICES_OPT_OUT_POLICY, optOut));
        for (int i = 1; i <= 10; i++) {
            attach(PolicyType.BACKUP_POLICY, selection(i));
        }
        assertThat(Trial.refusal(() -> attach(PolicyType.BACKUP_POLICY, selection(11))))
                .startsWith("ConstraintViolationException");
    }
}
