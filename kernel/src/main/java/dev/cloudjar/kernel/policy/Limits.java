package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Row;
import java.util.List;

/// What an organization lays upon one of its accounts, as Organizations last worked it out: where the account
/// stands, and the policies at each level from the root down to the account.
public record Limits(String account, Place place, List<Level> services, List<Level> resources) implements Row<String> {
    /// Where the account stands; `path` is `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. No service control policy
    /// limits the `management` account.
    public record Place(String organization, String path, String managementAccount, boolean management) {}

    /// The policies attached at one level.
    public record Level(List<Text> policies) {}

    /// A policy and its name.
    public record Text(String name, String document) {}

    @Override
    public String key() {
        return account;
    }
}
