package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.services.organizations.Member.Identity;
import dev.cloudjar.services.organizations.Member.Joined;
import dev.cloudjar.services.organizations.Realm.Delegation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The organization as a whole: made and given up, its root, the services that it trusts, its own policy.
final class Whole implements Organizations {
    private final Tree tree;
    private final LimitWriter limits;
    private final Handshakes handshakes;
    private final Transfers transfers;

    Whole(Tree tree, LimitWriter limits, Handshakes handshakes, Transfers transfers) {
        this.tree = tree;
        this.limits = limits;
        this.handshakes = handshakes;
        this.transfers = transfers;
    }

    @Override
    public CreateOrganizationResponse createOrganization(CreateOrganizationRequest in) {
        String account = Call.current().account();
        if (tree.find(account).isPresent()) {
            throw ALREADY_IN_ORGANIZATION_EXCEPTION.because("The AWS account is already a member of an organization.");
        }
        var organization = new Realm(
                tree.id("o-", 10),
                tree.id("r-", 4),
                account,
                in.featureSet().orElse(Realm.ALL),
                List.of(),
                Map.of(),
                Optional.empty());
        tree.organizations.put(organization);
        tree.members.put(new Member(
                account,
                organization.key(),
                organization.root(),
                new Identity(account, email(account)),
                new Joined(tree.now(), AccountJoinedMethod.INVITED),
                Optional.empty(),
                Map.of()));
        tree.marks.open(organization, organization.root(), Map.of());
        tree.marks.open(organization, account, Map.of());
        limits.write(organization);
        return new CreateOrganizationResponse().organization(told(organization));
    }

    static String email(String account) {
        return account + "@example.com";
    }

    private static Organizations.Organization told(Realm organization) {
        List<PolicyTypeSummary> types = organization.hasAllFeatures()
                ? List.of(new PolicyTypeSummary()
                        .type(PolicyType.SERVICE_CONTROL_POLICY)
                        .status(PolicyTypeStatus.ENABLED))
                : List.of();
        return new Organizations.Organization()
                .id(organization.key())
                .arn(Tree.arn(organization, "organization/" + organization.key()))
                .featureSet(organization.featureSet())
                .masterAccountId(organization.management())
                .masterAccountArn(
                        Tree.arn(organization, "account/" + organization.key() + '/' + organization.management()))
                .masterAccountEmail(email(organization.management()))
                .availablePolicyTypes(types);
    }

    @Override
    public DescribeOrganizationResponse describeOrganization(DescribeOrganizationRequest in) {
        return new DescribeOrganizationResponse().organization(told(tree.mine()));
    }

    @Override
    public DeleteOrganizationResponse deleteOrganization(DeleteOrganizationRequest in) {
        Realm organization = tree.managed();
        if (tree.membersOf(organization).size() > 1
                || !tree.unitsUnder(organization.root()).isEmpty()
                || tree.laws.rows(Span.ALL).anyMatch(law -> law.organization().equals(organization.key()))) {
            throw ORGANIZATION_NOT_EMPTY_EXCEPTION.because(
                    "To delete an organization you must first remove all" + " member accounts (except the master).");
        }
        tree.forget(organization, organization.root());
        tree.forget(organization, organization.management());
        handshakes.forget(organization);
        transfers.forget(organization);
        tree.members.remove(organization.management());
        tree.organizations.remove(organization.key());
        limits.forget(organization.management());
        return new DeleteOrganizationResponse();
    }

    @Override
    public ListRootsResponse listRoots(ListRootsRequest in) {
        Realm organization = tree.seen();
        Page<Root> page =
                tree.page(in, List.of(root(organization)), root -> root.id().orElseThrow());
        return new ListRootsResponse().roots(page.items()).nextToken(page.next());
    }

    static Root root(Realm organization) {
        return new Root()
                .id(organization.root())
                .arn(Tree.arn(organization, "root/" + organization.key() + '/' + organization.root()))
                .name("Root")
                .policyTypes(organization.types().stream()
                        .map(type -> new PolicyTypeSummary().type(type).status(PolicyTypeStatus.ENABLED))
                        .toList());
    }

    @Override
    public EnablePolicyTypeResponse enablePolicyType(EnablePolicyTypeRequest in) {
        Realm organization = tree.managed();
        checkRoot(organization, in.rootId());
        Laws.checkFeatures(organization);
        if (organization.types().contains(in.policyType())) {
            throw POLICY_TYPE_ALREADY_ENABLED_EXCEPTION.because("The specified policy type is already enabled.");
        }
        var types = new ArrayList<>(organization.types());
        types.add(in.policyType());
        Realm changed = tree.organizations.put(organization.typed(types));
        everywhere(changed)
                .forEach(target -> Law.OF_AWS.stream()
                        .filter(law -> law.type().equals(in.policyType()))
                        .forEach(law -> tree.attach(target, law)));
        limits.write(changed);
        return new EnablePolicyTypeResponse().root(root(changed));
    }

    private static void checkRoot(Realm organization, String root) {
        if (!organization.root().equals(root)) {
            throw ROOT_NOT_FOUND_EXCEPTION.because("You specified a root that doesn't exist.");
        }
    }

    /// The root, all units and all accounts.
    private List<String> everywhere(Realm organization) {
        var all = new ArrayList<String>();
        all.add(organization.root());
        tree.units
                .rows(Span.ALL)
                .filter(unit -> unit.organization().equals(organization.key()))
                .forEach(unit -> all.add(unit.key()));
        tree.membersOf(organization).forEach(member -> all.add(member.key()));
        return all;
    }

    @Override
    public DisablePolicyTypeResponse disablePolicyType(DisablePolicyTypeRequest in) {
        Realm organization = tree.managed();
        checkRoot(organization, in.rootId());
        Laws.checkEnabled(organization, in.policyType());
        var types = new ArrayList<>(organization.types());
        types.remove(in.policyType());
        Realm changed = tree.organizations.put(organization.typed(types));
        everywhere(changed)
                .forEach(target -> tree.attachments
                        .rows(Span.under(target))
                        .filter(attachment -> attachment.type().equals(in.policyType()))
                        .toList()
                        .forEach(attachment -> tree.attachments.remove(attachment.key())));
        limits.write(changed);
        return new DisablePolicyTypeResponse().root(root(changed));
    }

    @Override
    public EnableAWSServiceAccessResponse enableAwsServiceAccess(EnableAWSServiceAccessRequest in) {
        Realm organization = tree.managed();
        Laws.checkFeatures(organization);
        var services = new HashMap<>(organization.services());
        services.putIfAbsent(in.servicePrincipal(), tree.now());
        tree.organizations.put(organization.serving(services));
        return new EnableAWSServiceAccessResponse();
    }

    @Override
    public DisableAWSServiceAccessResponse disableAwsServiceAccess(DisableAWSServiceAccessRequest in) {
        Realm organization = tree.managed();
        var services = new HashMap<>(organization.services());
        services.remove(in.servicePrincipal());
        tree.organizations.put(organization.serving(services));
        return new DisableAWSServiceAccessResponse();
    }

    @Override
    public ListAWSServiceAccessForOrganizationResponse listAwsServiceAccessForOrganization(
            ListAWSServiceAccessForOrganizationRequest in) {
        List<Map.Entry<String, Instant>> all = tree.seen().services().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        Page<EnabledServicePrincipal> page = tree.page(in, all, Map.Entry::getKey)
                .map(entry -> new EnabledServicePrincipal()
                        .servicePrincipal(entry.getKey())
                        .dateEnabled(entry.getValue()));
        return new ListAWSServiceAccessForOrganizationResponse()
                .enabledServicePrincipals(page.items())
                .nextToken(page.next());
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest in) {
        Realm organization = tree.managed();
        try {
            Document.parse(in.content(), Grammar.RESOURCE);
        } catch (Malformed malformed) {
            throw Tree.refused(
                    INVALID_INPUT_EXCEPTION, InvalidInputExceptionReason.INVALID_PATTERN, malformed.message());
        }
        Optional<String> before = organization.delegation().map(Delegation::id);
        String id = before.orElseGet(() -> tree.id("rp-", 12));
        if (before.isEmpty()) {
            tree.marks.open(organization, id, Tags.of(in.tags()));
        }
        Realm changed = tree.organizations.put(organization.delegating(Optional.of(new Delegation(id, in.content()))));
        return new PutResourcePolicyResponse().resourcePolicy(delegation(changed));
    }

    private static ResourcePolicy delegation(Realm organization) {
        Delegation delegation = organization
                .delegation()
                .orElseThrow(() -> RESOURCE_POLICY_NOT_FOUND_EXCEPTION.because(
                        "We can't find a resource policy for this organization."));
        String resource = "resourcepolicy/" + organization.key() + '/' + delegation.id();
        return new ResourcePolicy()
                .content(delegation.policy())
                .resourcePolicySummary(
                        new ResourcePolicySummary().id(delegation.id()).arn(Tree.arn(organization, resource)));
    }

    @Override
    public DescribeResourcePolicyResponse describeResourcePolicy(DescribeResourcePolicyRequest in) {
        return new DescribeResourcePolicyResponse().resourcePolicy(delegation(tree.mine()));
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest in) {
        Realm organization = tree.managed();
        String id = delegation(organization)
                .resourcePolicySummary()
                .flatMap(ResourcePolicySummary::id)
                .orElseThrow();
        tree.forget(organization, id);
        tree.organizations.put(organization.delegating(Optional.empty()));
        return new DeleteResourcePolicyResponse();
    }
}
