package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.LimitBook;
import dev.cloudjar.kernel.policy.Limits;
import java.util.List;

/// Writes down for the policy engine what the organization lays upon each of its accounts, after every change.
final class LimitWriter {
    private final Tree tree;
    private final Table<String, Limits> limits;

    LimitWriter(Kernel kernel, Tree tree) {
        this.tree = tree;
        this.limits = kernel.kernelTable(LimitBook.TABLE, Limits.class);
    }

    void write(Realm changed) {
        tree.organizations
                .find(changed.key())
                .ifPresent(organization ->
                        tree.membersOf(organization).forEach(member -> limits.put(of(organization, member))));
    }

    void forget(String account) {
        limits.remove(account);
    }

    private Limits of(Realm organization, Member member) {
        boolean management = organization.management().equals(member.key());
        String path = tree.pathText(organization, member.parent());
        return new Limits(
                member.key(),
                new Limits.Place(organization.key(), path, organization.management(), management),
                levels(organization, member, PolicyType.SERVICE_CONTROL_POLICY),
                levels(organization, member, PolicyType.RESOURCE_CONTROL_POLICY));
    }

    /// The policies at each level, or none where their type is not enabled.
    private List<Limits.Level> levels(Realm organization, Member member, String type) {
        if (!organization.types().contains(type)) {
            return List.of();
        }
        return tree.path(organization, member.key()).stream()
                .map(target -> new Limits.Level(tree.lawsOn(organization, target, type).stream()
                        .map(law -> new Limits.Text(
                                Tree.arn(organization, law), law.text().content()))
                        .toList()))
                .toList();
    }
}
