package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// Which managed policies a user, group or role has, and which one bounds it.
final class Attachments implements Iam {
    private static final int MOST = 10;

    private final Directory directory;
    private final Policies policies;
    private final Pages pages;

    Attachments(Kernel kernel, Directory directory, Policies policies) {
        this.directory = directory;
        this.policies = policies;
        this.pages = new Pages(kernel);
    }

    private void attach(Sort sort, String name, String arn) {
        Entity entity = directory.get(sort, name);
        checkOwn(sort, entity);
        Policies.checkArn(arn);
        if (policies.find(arn).isEmpty()) {
            throw Refusals.missing("Policy " + arn + " does not exist or is not attachable.");
        }
        if (policies.isServiceRolePolicy(arn)) {
            throw POLICY_NOT_ATTACHABLE_EXCEPTION.because("Cannot attach a Service Role Policy to a Customer Role.");
        }
        if (entity.grants().attach(arn).attached().size() > MOST) {
            throw Refusals.overQuota("PoliciesPer" + sort.title(), MOST);
        }
        directory.change(sort, name, held -> held.granted(grants -> grants.attach(arn)));
    }

    private void detach(Sort sort, String name, String arn) {
        Entity entity = directory.get(sort, name);
        checkOwn(sort, entity);
        Policies.checkArn(arn);
        if (!entity.grants().attached().contains(arn)) {
            throw Refusals.missing("Policy " + arn + " was not found.");
        }
        directory.change(sort, name, held -> held.granted(grants -> grants.detach(arn)));
    }

    private static void checkOwn(Sort sort, Entity entity) {
        if (sort == Sort.ROLE) {
            Roles.checkOwn(entity);
        }
    }

    private List<AttachedPolicy> list(Sort sort, String name, Struct in, Struct out) {
        String prefix = in.get("PathPrefix") instanceof String text ? text : "/";
        List<String> held = directory.get(sort, name).grants().attached().stream()
                .filter(arn -> Policies.name(arn).path().startsWith(prefix))
                .toList();
        return pages.of(in, out, held).stream().map(Attachments::view).toList();
    }

    static AttachedPolicy view(String arn) {
        return new AttachedPolicy().policyName(Policies.name(arn).text()).policyArn(arn);
    }

    private void bound(Sort sort, String name, Optional<String> arn) {
        Entity entity = directory.get(sort, name);
        checkOwn(sort, entity);
        arn.ifPresent(policies::checkBoundary);
        if (arn.isEmpty() && entity.grants().boundary().isEmpty()) {
            throw Refusals.missing(sort.title() + " " + name + " does not have a permissions boundary policy.");
        }
        directory.change(sort, name, held -> held.granted(grants -> grants.bounded(arn)));
    }

    @Override
    public AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest in) {
        attach(Sort.USER, in.userName(), in.policyArn());
        return new AttachUserPolicyResponse();
    }

    @Override
    public AttachGroupPolicyResponse attachGroupPolicy(AttachGroupPolicyRequest in) {
        attach(Sort.GROUP, in.groupName(), in.policyArn());
        return new AttachGroupPolicyResponse();
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest in) {
        attach(Sort.ROLE, in.roleName(), in.policyArn());
        return new AttachRolePolicyResponse();
    }

    @Override
    public DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest in) {
        detach(Sort.USER, in.userName(), in.policyArn());
        return new DetachUserPolicyResponse();
    }

    @Override
    public DetachGroupPolicyResponse detachGroupPolicy(DetachGroupPolicyRequest in) {
        detach(Sort.GROUP, in.groupName(), in.policyArn());
        return new DetachGroupPolicyResponse();
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest in) {
        detach(Sort.ROLE, in.roleName(), in.policyArn());
        return new DetachRolePolicyResponse();
    }

    @Override
    public ListAttachedUserPoliciesResponse listAttachedUserPolicies(ListAttachedUserPoliciesRequest in) {
        var out = new ListAttachedUserPoliciesResponse();
        return out.attachedPolicies(list(Sort.USER, in.userName(), in, out));
    }

    @Override
    public ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(ListAttachedGroupPoliciesRequest in) {
        var out = new ListAttachedGroupPoliciesResponse();
        return out.attachedPolicies(list(Sort.GROUP, in.groupName(), in, out));
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest in) {
        var out = new ListAttachedRolePoliciesResponse();
        return out.attachedPolicies(list(Sort.ROLE, in.roleName(), in, out));
    }

    @Override
    public PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(PutUserPermissionsBoundaryRequest in) {
        bound(Sort.USER, in.userName(), Optional.of(in.permissionsBoundary()));
        return new PutUserPermissionsBoundaryResponse();
    }

    @Override
    public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest in) {
        bound(Sort.ROLE, in.roleName(), Optional.of(in.permissionsBoundary()));
        return new PutRolePermissionsBoundaryResponse();
    }

    @Override
    public DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
            DeleteUserPermissionsBoundaryRequest in) {
        bound(Sort.USER, in.userName(), Optional.empty());
        return new DeleteUserPermissionsBoundaryResponse();
    }

    @Override
    public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest in) {
        bound(Sort.ROLE, in.roleName(), Optional.empty());
        return new DeleteRolePermissionsBoundaryResponse();
    }

    /// Who has a policy, attached or as a boundary.
    @Override
    public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest in) {
        policies.get(in.policyArn());
        var out = new ListEntitiesForPolicyResponse();
        List<Holder> holders = pages.of(in, out, holders(in));
        return out.policyUsers(holders.stream()
                        .filter(h -> h.sort() == Sort.USER)
                        .map(h -> new PolicyUser()
                                .userName(h.entity().name().text())
                                .userId(h.entity().uniqueId()))
                        .toList())
                .policyGroups(holders.stream()
                        .filter(h -> h.sort() == Sort.GROUP)
                        .map(h -> new PolicyGroup()
                                .groupName(h.entity().name().text())
                                .groupId(h.entity().uniqueId()))
                        .toList())
                .policyRoles(holders.stream()
                        .filter(h -> h.sort() == Sort.ROLE)
                        .map(h -> new PolicyRole()
                                .roleName(h.entity().name().text())
                                .roleId(h.entity().uniqueId()))
                        .toList());
    }

    private record Holder(Sort sort, Entity entity) {}

    private List<Holder> holders(ListEntitiesForPolicyRequest in) {
        String arn = in.policyArn();
        boolean bounds =
                in.policyUsageFilter().filter("PermissionsBoundary"::equals).isPresent();
        boolean permits =
                in.policyUsageFilter().filter("PermissionsPolicy"::equals).isPresent();
        return List.of(Sort.GROUP, Sort.USER, Sort.ROLE).stream()
                .filter(sort -> in.entityFilter().orElse(sort.title()).equals(sort.title()))
                .flatMap(sort -> directory.under(sort, in.pathPrefix()).stream().map(e -> new Holder(sort, e)))
                .filter(h -> !bounds && h.entity().grants().attached().contains(arn)
                        || !permits
                                && h.entity()
                                        .grants()
                                        .boundary()
                                        .filter(arn::equals)
                                        .isPresent())
                .toList();
    }
}
