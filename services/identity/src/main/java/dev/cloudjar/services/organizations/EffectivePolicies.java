package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.organizations.Demands.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the management policies of an organization come to for each account, and whether that can be enforced.
final class EffectivePolicies implements Organizations {
    private final Tree tree;
    private final Accounts accounts;

    EffectivePolicies(Tree tree, Accounts accounts) {
        this.tree = tree;
        this.accounts = accounts;
    }

    /// The policies that an account has and inherits, and what they come to.
    private record Effective(List<Law> laws, Map<String, @Nullable Object> content) {}

    private static AwsError none() {
        return EFFECTIVE_POLICY_NOT_FOUND_EXCEPTION.because(
                "An effective policy of this type doesn't exist for the specified target.");
    }

    private Optional<Effective> find(Realm organization, String account, String type) {
        List<Law> laws = new ArrayList<>();
        List<List<String>> levels = new ArrayList<>();
        for (String level : tree.path(organization, account)) {
            List<Law> here = tree.lawsOn(organization, level, type);
            laws.addAll(here);
            levels.add(here.stream().map(law -> law.text().content()).toList());
        }
        boolean enabled = organization.types().contains(type);
        return enabled && !laws.isEmpty() ? Optional.of(new Effective(laws, Inheritance.of(levels))) : Optional.empty();
    }

    @Override
    public DescribeEffectivePolicyResponse describeEffectivePolicy(DescribeEffectivePolicyRequest in) {
        String own = Call.current().account();
        String target = in.targetId().orElse(own);
        Realm organization = target.equals(own) ? tree.mine() : tree.seen();
        if (tree.members
                .find(target)
                .filter(member -> member.organization().equals(organization.key()))
                .isEmpty()) {
            throw TARGET_NOT_FOUND_EXCEPTION.because("You specified a target that doesn't exist.");
        }
        Effective found = find(organization, target, in.policyType()).orElseThrow(EffectivePolicies::none);
        return new DescribeEffectivePolicyResponse()
                .effectivePolicy(new EffectivePolicy()
                        .policyType(in.policyType())
                        .targetId(target)
                        .lastUpdatedTimestamp(tree.now())
                        .policyContent(Json.write(found.content())));
    }

    @Override
    public ListAccountsWithInvalidEffectivePolicyResponse listAccountsWithInvalidEffectivePolicy(
            ListAccountsWithInvalidEffectivePolicyRequest in) {
        Realm organization = tree.seen();
        if (!organization.types().contains(in.policyType())) {
            throw none();
        }
        List<Member> invalid = tree.membersOf(organization).stream()
                .filter(member -> find(organization, member.key(), in.policyType())
                        .filter(found -> !flaws(in.policyType(), found).isEmpty())
                        .isPresent())
                .toList();
        Page<Account> page = tree.page(in, invalid, Member::key).map(member -> accounts.told(organization, member));
        return new ListAccountsWithInvalidEffectivePolicyResponse()
                .policyType(in.policyType())
                .accounts(page.items())
                .nextToken(page.next());
    }

    @Override
    public ListEffectivePolicyValidationErrorsResponse listEffectivePolicyValidationErrors(
            ListEffectivePolicyValidationErrorsRequest in) {
        Realm organization = tree.seen();
        tree.member(organization, in.accountId());
        Effective found = find(organization, in.accountId(), in.policyType()).orElseThrow(EffectivePolicies::none);
        Page<EffectivePolicyValidationError> page =
                tree.page(in, flaws(in.policyType(), found), Flaw::place).map(flaw -> told(flaw, found));
        return new ListEffectivePolicyValidationErrorsResponse()
                .accountId(in.accountId())
                .policyType(in.policyType())
                .path(tree.pathText(organization, in.accountId()))
                .evaluationTimestamp(tree.now())
                .effectivePolicyValidationErrors(page.items())
                .nextToken(page.next());
    }

    private static List<Flaw> flaws(String type, Effective effective) {
        return Demands.flaws(type, effective.content());
    }

    private static EffectivePolicyValidationError told(Flaw flaw, Effective effective) {
        return new EffectivePolicyValidationError()
                .errorCode(flaw.code())
                .errorMessage(flaw.message())
                .pathToError(flaw.place())
                .contributingPolicies(effective.laws().stream()
                        .filter(law -> Json.object(law.text().content())
                                .filter(flaw::isOf)
                                .isPresent())
                        .map(Law::key)
                        .distinct()
                        .toList());
    }
}
