package dev.cloudjar.services.account;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.util.List;

/// AWS Account Management: contacts and regions of an account, by itself or by the management account of its
/// organization.
public final class AccountService implements Service {
    private final RegionList regions;
    private final List<Api> parts;

    public AccountService(Kernel kernel) {
        var keeper = new Keeper(kernel);
        this.regions = new RegionList(kernel, keeper);
        this.parts = List.of(new Contacts(kernel, keeper), regions, new PrimaryEmails(kernel, keeper));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    @Override
    public <P> P port(Class<P> port) {
        return port.cast(regions);
    }
}
