package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// GetAccountAuthorizationDetails: everything that decides who may do what, in one listing.
final class AuthorizationDetails implements Iam {
    private final Directory directory;
    private final Policies policies;
    private final Shelf<Profile> profiles;
    private final Views views;
    private final Pages pages;

    AuthorizationDetails(Kernel kernel, Directory directory, Policies policies, Views views) {
        this.directory = directory;
        this.policies = policies;
        this.profiles = kernel.shelf(Profile.KIND);
        this.views = views;
        this.pages = new Pages(kernel);
    }

    @Override
    public GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest in) {
        List<String> filter = in.filter();
        var all = new ArrayList<Struct>();
        if (wants(filter, "User")) {
            directory.all(Sort.USER).forEach(user -> all.add(user(user)));
        }
        if (wants(filter, "Group")) {
            directory.all(Sort.GROUP).forEach(group -> all.add(group(group)));
        }
        if (wants(filter, "Role")) {
            directory.all(Sort.ROLE).forEach(role -> all.add(role(role)));
        }
        managed(filter).forEach(arn -> all.add(policy(arn)));
        var out = new GetAccountAuthorizationDetailsResponse();
        List<Struct> page = pages.of(in, out, all);
        return out.userDetailList(only(page, UserDetail.class))
                .groupDetailList(only(page, GroupDetail.class))
                .roleDetailList(only(page, RoleDetail.class))
                .policies(only(page, ManagedPolicyDetail.class));
    }

    private static boolean wants(List<String> filter, String kind) {
        return filter.isEmpty() || filter.contains(kind);
    }

    private static <T> List<T> only(List<Struct> page, Class<T> kind) {
        return page.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The account's own policies, and those of AWS that somebody has.
    private Set<String> managed(List<String> filter) {
        var arns = new TreeSet<String>();
        if (wants(filter, "LocalManagedPolicy")) {
            policies.shelf().all().toList().forEach(policy -> arns.add(Policies.arn(policy, false)));
        }
        if (wants(filter, "AWSManagedPolicy")) {
            policies.attachments().keySet().stream()
                    .filter(arn -> arn.startsWith(AwsManaged.ARN))
                    .forEach(arns::add);
        }
        return arns;
    }

    private UserDetail user(Entity user) {
        UserDetail detail = UserDetail.from(views.user(user));
        return detail.groupList(user.groups()).userPolicyList(inline(user)).attachedManagedPolicies(attached(user));
    }

    private static GroupDetail group(Entity group) {
        return GroupDetail.from(Views.group(group))
                .groupPolicyList(inline(group))
                .attachedManagedPolicies(attached(group));
    }

    private RoleDetail role(Entity role) {
        List<InstanceProfile> holding =
                profiles
                        .all()
                        .filter(profile -> profile.roles().contains(role.name().text()))
                        .toList()
                        .stream()
                        .map(views::profile)
                        .toList();
        return RoleDetail.from(views.role(role))
                .instanceProfileList(holding)
                .rolePolicyList(inline(role))
                .attachedManagedPolicies(attached(role));
    }

    private static List<PolicyDetail> inline(Entity entity) {
        return entity.grants().inline().entrySet().stream()
                .map(policy ->
                        new PolicyDetail().policyName(policy.getKey()).policyDocument(Views.encoded(policy.getValue())))
                .toList();
    }

    private static List<AttachedPolicy> attached(Entity entity) {
        return entity.grants().attached().stream().map(Attachments::view).toList();
    }

    private ManagedPolicyDetail policy(String arn) {
        Policy view = policies.getPolicy(new GetPolicyRequest().policyArn(arn))
                .policy()
                .orElseThrow();
        return ManagedPolicyDetail.from(view)
                .policyVersionList(policies.get(arn).versions().stream()
                        .map(version -> Policies.view(version).document(Views.encoded(version.document())))
                        .toList());
    }
}
