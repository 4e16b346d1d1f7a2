package dev.cloudjar.kernel;

/// Roles by which the management account of an organization gets into an account that it has opened. The port of
/// IAM.
public interface AccessRoles {
    /// Makes the role `name` in `account`, which lets administrators of the account `trusted` do everything.
    void open(String account, String name, String trusted);
}
