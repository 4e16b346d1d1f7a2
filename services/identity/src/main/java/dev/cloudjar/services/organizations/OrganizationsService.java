package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// AWS Organizations. All of it is the world's: an account finds its organization by being a member. What
/// service and resource control policies come to is written down for the policy engine with every change.
public final class OrganizationsService implements Service, Memberships {
    static final String ID = "organizations";

    private final Tree tree;
    private final Accounts accounts;
    private final List<Api> parts;

    public OrganizationsService(Kernel kernel) {
        var tree = new Tree(kernel);
        var limits = new LimitWriter(kernel, tree);
        this.tree = tree;
        this.accounts = new Accounts(kernel, tree, limits);
        var handshakes = new Handshakes(kernel, tree, accounts, limits);
        var transfers = new Transfers(kernel, tree, handshakes);
        this.parts = List.of(
                new Whole(tree, limits, handshakes, transfers),
                new Units(tree, limits),
                accounts,
                handshakes,
                new Laws(tree, limits),
                new EffectivePolicies(tree, accounts),
                new Delegates(tree, accounts),
                new OrgTags(tree, tree.marks),
                transfers,
                new GovCloud(tree));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    @Override
    public List<Kind<?>> kinds() {
        return Marks.kinds();
    }

    @Override
    public Optional<Membership> of(String account) {
        return tree.members
                .find(account)
                .flatMap(member -> tree.organizations
                        .find(member.organization())
                        .map(organization -> new Membership(
                                organization.key(),
                                organization.management(),
                                organization.hasAllFeatures(),
                                organization.services().keySet(),
                                member.delegated().keySet())));
    }

    @Override
    public Optional<Instant> opened(String account) {
        return tree.members
                .find(account)
                .map(Member::joined)
                .filter(joined -> joined.method().equals(Organizations.AccountJoinedMethod.CREATED))
                .map(Member.Joined::at);
    }

    @Override
    public Optional<String> email(String account) {
        return tree.members.find(account).map(member -> member.identity().email());
    }

    @Override
    public boolean mailTo(String account, String email) {
        boolean free = !tree.isMailed(email);
        if (free) {
            tree.members.update(account, member -> member.mailed(email));
        }
        return free;
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(Accounts.FORGET, accounts::forget);
    }
}
