package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Memberships.Membership;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.util.List;
import java.util.TreeSet;

/// Central management of the root users of an organization's members, as far as the organization has enabled it.
final class OrganizationFeatures implements Iam {
    static final String SERVICE = "iam.amazonaws.com";

    /// The features that an organization has enabled.
    record Enabled(String key, List<String> features) implements Row<String> {}

    private final Kernel kernel;
    private final Table<String, Enabled> organizations;

    OrganizationFeatures(Kernel kernel) {
        this.kernel = kernel;
        this.organizations = kernel.table(Enabled.class, Scope.WORLD);
    }

    private List<String> features(String organization) {
        return organizations.find(organization).map(Enabled::features).orElse(List.of());
    }

    boolean hasRootSessions(String organization) {
        return features(organization).contains(FeatureType.ROOT_SESSIONS);
    }

    /// The organization, for those who administer IAM in it.
    private Membership organization() {
        String account = Call.current().account();
        Membership found = kernel.port(Memberships.class)
                .flatMap(port -> port.of(account))
                .orElseThrow(() -> ORGANIZATION_NOT_FOUND_EXCEPTION.because(
                        "The request was rejected because no organization is associated with your account."));
        if (!found.administers(account, SERVICE)) {
            throw ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR_EXCEPTION.because(
                    "The request was rejected because the account making the request is not the management account or"
                            + " delegated administrator account for centralized root access.");
        }
        if (!found.allFeatures()) {
            throw ORGANIZATION_NOT_IN_ALL_FEATURES_MODE_EXCEPTION.because(
                    "The request was rejected because your organization does not have All features enabled.");
        }
        if (!found.trusted().contains(SERVICE)) {
            throw SERVICE_ACCESS_NOT_ENABLED_EXCEPTION.because(
                    "The request was rejected because trusted access is not enabled for IAM in Organizations.");
        }
        return found;
    }

    private Enabled set(String feature, boolean wanted) {
        Membership organization = organization();
        if (wanted && !organization.management().equals(Call.current().account())) {
            throw CALLER_IS_NOT_MANAGEMENT_ACCOUNT_EXCEPTION.because(
                    "The request was rejected because the account making the request is not the management account"
                            + " for the organization.");
        }
        var features = new TreeSet<>(features(organization.organization()));
        if (wanted) {
            features.add(feature);
        } else {
            features.remove(feature);
        }
        return organizations.put(new Enabled(organization.organization(), List.copyOf(features)));
    }

    @Override
    public ListOrganizationsFeaturesResponse listOrganizationsFeatures(ListOrganizationsFeaturesRequest in) {
        String organization = organization().organization();
        return new ListOrganizationsFeaturesResponse()
                .organizationId(organization)
                .enabledFeatures(features(organization));
    }

    @Override
    public EnableOrganizationsRootCredentialsManagementResponse enableOrganizationsRootCredentialsManagement(
            EnableOrganizationsRootCredentialsManagementRequest in) {
        Enabled now = set(FeatureType.ROOT_CREDENTIALS_MANAGEMENT, true);
        return new EnableOrganizationsRootCredentialsManagementResponse()
                .organizationId(now.key())
                .enabledFeatures(now.features());
    }

    @Override
    public DisableOrganizationsRootCredentialsManagementResponse disableOrganizationsRootCredentialsManagement(
            DisableOrganizationsRootCredentialsManagementRequest in) {
        Enabled now = set(FeatureType.ROOT_CREDENTIALS_MANAGEMENT, false);
        return new DisableOrganizationsRootCredentialsManagementResponse()
                .organizationId(now.key())
                .enabledFeatures(now.features());
    }

    @Override
    public EnableOrganizationsRootSessionsResponse enableOrganizationsRootSessions(
            EnableOrganizationsRootSessionsRequest in) {
        Enabled now = set(FeatureType.ROOT_SESSIONS, true);
        return new EnableOrganizationsRootSessionsResponse()
                .organizationId(now.key())
                .enabledFeatures(now.features());
    }

    @Override
    public DisableOrganizationsRootSessionsResponse disableOrganizationsRootSessions(
            DisableOrganizationsRootSessionsRequest in) {
        Enabled now = set(FeatureType.ROOT_SESSIONS, false);
        return new DisableOrganizationsRootSessionsResponse()
                .organizationId(now.key())
                .enabledFeatures(now.features());
    }
}
