package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;

/// Accounts of AWS GovCloud (US), which only organizations open whose management account has one there. In this
/// world no account has.
final class GovCloud implements Organizations {
    private final Tree tree;

    GovCloud(Tree tree) {
        this.tree = tree;
    }

    @Override
    public CreateGovCloudAccountResponse createGovCloudAccount(CreateGovCloudAccountRequest in) {
        tree.managed();
        throw Tree.refused(
                CONSTRAINT_VIOLATION_EXCEPTION,
                ConstraintViolationExceptionReason.MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED,
                "The management account must have an associated account in the AWS GovCloud (US-West) Region.");
    }
}
