package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.organizations.Law.Text;
import java.util.List;
import java.util.stream.Stream;

/// The policies of an organization: written, attached, detached.
final class Laws implements Organizations {
    private static final int MOST = 1_000;
    private static final int MOST_SERVICE_CONTROL = 10_000;

    private final Tree tree;
    private final LimitWriter limits;

    Laws(Tree tree, LimitWriter limits) {
        this.tree = tree;
        this.limits = limits;
    }

    static void checkFeatures(Realm organization) {
        if (!organization.hasAllFeatures()) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.ORGANIZATION_NOT_IN_ALL_FEATURES_MODE,
                    "This operation requires an organization with all features enabled.");
        }
    }

    static void checkEnabled(Realm organization, String type) {
        if (!organization.types().contains(type)) {
            throw POLICY_TYPE_NOT_ENABLED_EXCEPTION.because(
                    "This operation can be performed only for enabled policy types.");
        }
    }

    @Override
    public CreatePolicyResponse createPolicy(CreatePolicyRequest in) {
        Realm organization = tree.managed();
        checkFeatures(organization);
        checkName(organization, in.type(), in.name());
        LawText.check(in.type(), in.content());
        checkNumber(organization, in.type());
        Law law = tree.laws.put(new Law(
                tree.id("p-", 10), organization.key(), in.type(), new Text(in.name(), in.description(), in.content())));
        tree.marks.open(organization, law.key(), Tags.of(in.tags()));
        return new CreatePolicyResponse().policy(whole(organization, law));
    }

    private void checkName(Realm organization, String type, String name) {
        if (all(organization, type).anyMatch(law -> law.text().name().equals(name))) {
            throw DUPLICATE_POLICY_EXCEPTION.because("A policy with the same name already exists.");
        }
    }

    private void checkNumber(Realm organization, String type) {
        if (ours(organization, type).count()
                >= (type.equals(PolicyType.SERVICE_CONTROL_POLICY) ? MOST_SERVICE_CONTROL : MOST)) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.POLICY_NUMBER_LIMIT_EXCEEDED,
                    "You have exceeded the number of policies of this type in the organization.");
        }
    }

    private Stream<Law> all(Realm organization, String type) {
        return Stream.concat(Law.OF_AWS.stream().filter(law -> law.type().equals(type)), ours(organization, type));
    }

    /// Those that the organization has written itself.
    private Stream<Law> ours(Realm organization, String type) {
        return tree.laws
                .rows(Span.ALL)
                .filter(law -> law.organization().equals(organization.key())
                        && law.type().equals(type));
    }

    private static PolicySummary summary(Realm organization, Law law) {
        return new PolicySummary()
                .id(law.key())
                .arn(Tree.arn(organization, law))
                .name(law.text().name())
                .description(law.text().description())
                .type(law.type())
                .awsManaged(law.isOfAws());
    }

    private static Policy whole(Realm organization, Law law) {
        return new Policy()
                .policySummary(summary(organization, law))
                .content(law.text().content());
    }

    @Override
    public DescribePolicyResponse describePolicy(DescribePolicyRequest in) {
        Realm organization = tree.seen();
        return new DescribePolicyResponse().policy(whole(organization, tree.law(organization, in.policyId())));
    }

    private Law own(Realm organization, String id) {
        Law law = tree.law(organization, id);
        if (law.isOfAws()) {
            throw Tree.refused(
                    INVALID_INPUT_EXCEPTION,
                    InvalidInputExceptionReason.IMMUTABLE_POLICY,
                    "You specified a policy that is managed by AWS and can't be modified.");
        }
        return law;
    }

    @Override
    public UpdatePolicyResponse updatePolicy(UpdatePolicyRequest in) {
        Realm organization = tree.managed();
        Law old = own(organization, in.policyId());
        in.name()
                .filter(name -> !name.equals(old.text().name()))
                .ifPresent(name -> checkName(organization, old.type(), name));
        in.content().ifPresent(content -> LawText.check(old.type(), content));
        Law law = tree.laws.put(new Law(
                old.key(),
                old.organization(),
                old.type(),
                new Text(
                        in.name().orElse(old.text().name()),
                        in.description().orElse(old.text().description()),
                        in.content().orElse(old.text().content()))));
        limits.write(organization);
        return new UpdatePolicyResponse().policy(whole(organization, law));
    }

    @Override
    public DeletePolicyResponse deletePolicy(DeletePolicyRequest in) {
        Realm organization = tree.managed();
        Law law = own(organization, in.policyId());
        if (!attachmentsOf(law).isEmpty()) {
            throw POLICY_IN_USE_EXCEPTION.because("The policy is attached to one or more entities. You must detach it"
                    + " from all roots, OUs, and accounts before performing this operation.");
        }
        tree.forget(organization, law.key());
        tree.laws.remove(law.key());
        return new DeletePolicyResponse();
    }

    private List<Attachment> attachmentsOf(Law law) {
        return tree.attachments
                .rows(Span.ALL)
                .filter(attachment -> attachment.key().policy().equals(law.key()))
                .toList();
    }

    @Override
    public ListPoliciesResponse listPolicies(ListPoliciesRequest in) {
        Realm organization = tree.seen();
        Page<PolicySummary> page =
                tree.page(in, all(organization, in.filter()).toList(), Law::key).map(law -> summary(organization, law));
        return new ListPoliciesResponse().policies(page.items()).nextToken(page.next());
    }

    private void checkTarget(Realm organization, String target) {
        if (!isOurs(organization, target)) {
            throw TARGET_NOT_FOUND_EXCEPTION.because("You specified a target that doesn't exist.");
        }
    }

    @Override
    public AttachPolicyResponse attachPolicy(AttachPolicyRequest in) {
        Realm organization = tree.managed();
        Law law = tree.law(organization, in.policyId());
        checkTarget(organization, in.targetId());
        checkEnabled(organization, law.type());
        if (tree.attachments.has(new Attachment.Place(in.targetId(), law.key()))) {
            throw DUPLICATE_POLICY_ATTACHMENT_EXCEPTION.because(
                    "The selected policy is already attached to the specified target.");
        }
        if (tree.lawsOn(organization, in.targetId(), law.type()).size() >= LawText.mostAttached(law.type())) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED,
                    "You have attached the maximum number of policies of this type to the specified target.");
        }
        tree.attach(in.targetId(), law);
        limits.write(organization);
        return new AttachPolicyResponse();
    }

    @Override
    public DetachPolicyResponse detachPolicy(DetachPolicyRequest in) {
        Realm organization = tree.managed();
        Law law = tree.law(organization, in.policyId());
        checkTarget(organization, in.targetId());
        var place = new Attachment.Place(in.targetId(), law.key());
        if (!tree.attachments.has(place)) {
            throw POLICY_NOT_ATTACHED_EXCEPTION.because(
                    "The policy isn't attached to the specified target in the specified root.");
        }
        boolean last = law.type().equals(PolicyType.SERVICE_CONTROL_POLICY)
                && tree.lawsOn(organization, in.targetId(), law.type()).size() == 1;
        if (last || law.equals(Law.ALL_RESOURCES)) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED,
                    "You cannot remove the last policy of this type attached to the specified target.");
        }
        tree.attachments.remove(place);
        limits.write(organization);
        return new DetachPolicyResponse();
    }

    @Override
    public ListPoliciesForTargetResponse listPoliciesForTarget(ListPoliciesForTargetRequest in) {
        Realm organization = tree.seen();
        checkTarget(organization, in.targetId());
        Page<PolicySummary> page = tree.page(in, tree.lawsOn(organization, in.targetId(), in.filter()), Law::key)
                .map(law -> summary(organization, law));
        return new ListPoliciesForTargetResponse().policies(page.items()).nextToken(page.next());
    }

    @Override
    public ListTargetsForPolicyResponse listTargetsForPolicy(ListTargetsForPolicyRequest in) {
        Realm organization = tree.seen();
        Law law = tree.law(organization, in.policyId());
        List<String> targets = attachmentsOf(law).stream()
                .map(attachment -> attachment.key().target())
                .filter(target -> isOurs(organization, target))
                .toList();
        Page<PolicyTargetSummary> page =
                tree.page(in, targets, target -> target).map(target -> target(organization, target));
        return new ListTargetsForPolicyResponse().targets(page.items()).nextToken(page.next());
    }

    private boolean isOurs(Realm organization, String target) {
        return tree.isParent(organization, target)
                || tree.members
                        .find(target)
                        .filter(member -> member.organization().equals(organization.key()))
                        .isPresent();
    }

    private PolicyTargetSummary target(Realm organization, String target) {
        String kind = Tree.kind(target);
        String path = switch (kind) {
            case TargetType.ROOT -> "root/";
            case TargetType.ORGANIZATIONAL_UNIT -> "ou/";
            default -> "account/";
        };
        String name = tree.unit(organization, target)
                .map(Unit::name)
                .or(() -> tree.members
                        .find(target)
                        .map(member -> member.identity().name()))
                .orElse("Root");
        return new PolicyTargetSummary()
                .targetId(target)
                .arn(Tree.arn(organization, path + organization.key() + '/' + target))
                .name(name)
                .type(kind);
    }
}
