package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// AWS Organizations. All of it is the world's: an account finds its organization by being a member. What
/// service and resource control policies come to is written down for the policy engine with every change.
public final class OrganizationsService implements Service {
    static final String ID = "organizations";

    private final Accounts accounts;
    private final List<Api> parts;

    public OrganizationsService(Kernel kernel) {
        var tree = new Tree(kernel);
        var limits = new LimitWriter(kernel, tree);
        this.accounts = new Accounts(kernel, tree, limits);
        this.parts = List.of(
                new Whole(tree, limits),
                new Units(tree, limits),
                accounts,
                new Handshakes(kernel, tree, accounts, limits),
                new Laws(kernel, tree, limits),
                new Delegates(tree, accounts),
                new OrgTags(tree));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(Accounts.FORGET, accounts::forget);
    }
}
