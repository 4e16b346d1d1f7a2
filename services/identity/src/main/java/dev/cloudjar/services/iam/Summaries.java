package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.iam.IssuedKey.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an account has and may have.
final class Summaries implements Iam {
    /// Which session tokens the global endpoint of STS hands out.
    record Preference(String key, String version) implements Row<String> {}

    private static final String TOKENS = "tokens";

    private final Directory directory;
    private final Shelf<Managed> policies;
    private final Shelf<Profile> profiles;
    private final Documented documented;
    private final AccessKeys keys;
    private final Table<String, Preference> preferences;

    Summaries(Kernel kernel, Directory directory, Documented documented, AccessKeys keys) {
        this.directory = directory;
        this.policies = kernel.shelf(Managed.KIND);
        this.profiles = kernel.shelf(Profile.KIND);
        this.documented = documented;
        this.keys = keys;
        this.preferences = kernel.table(Preference.class, Scope.ACCOUNT);
    }

    private static int count(Shelf<?> shelf) {
        return shelf.all().toList().size();
    }

    @Override
    public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest in) {
        var summary = new LinkedHashMap<>(quotas());
        List<Managed> managed = policies.all().toList();
        List<Device> devices = documented.devices().all().toList();
        boolean rootKeys = keys.of("").stream().anyMatch(key -> key.status() == Status.ACTIVE);
        summary.put("Users", directory.all(Sort.USER).size());
        summary.put("Groups", directory.all(Sort.GROUP).size());
        summary.put("Roles", directory.all(Sort.ROLE).size());
        summary.put("Policies", managed.size());
        summary.put(
                "PolicyVersionsInUse",
                managed.stream().mapToInt(policy -> policy.versions().size()).sum());
        summary.put("InstanceProfiles", count(profiles));
        summary.put("ServerCertificates", count(documented.certificates()));
        summary.put("Providers", count(documented.providers()));
        summary.put("MFADevices", devices.size());
        summary.put("MFADevicesInUse", (int)
                devices.stream().filter(device -> device.user().isPresent()).count());
        summary.put("AccountMFAEnabled", devices.stream().anyMatch(device -> device.isOf(Device.ROOT)) ? 1 : 0);
        summary.put("AccountAccessKeysPresent", rootKeys ? 1 : 0);
        summary.put("AccountSigningCertificatesPresent", 0);
        summary.put("AccountPasswordPresent", 0);
        summary.put("GlobalEndpointTokenVersion", version());
        return new GetAccountSummaryResponse().summaryMap(summary);
    }

    private int version() {
        return preferences
                .find(TOKENS)
                .map(preference -> preference.version().startsWith("v2") ? 2 : 1)
                .orElse(1);
    }

    private static Map<String, Integer> quotas() {
        var quotas = new LinkedHashMap<String, Integer>();
        String all = """
                UsersQuota 5000
                GroupsQuota 300
                RolesQuota 1000
                InstanceProfilesQuota 1000
                ServerCertificatesQuota 20
                PoliciesQuota 1500
                PolicyVersionsInUseQuota 10000
                VersionsPerPolicyQuota 5
                PolicySizeQuota 6144
                UserPolicySizeQuota 2048
                GroupPolicySizeQuota 5120
                RolePolicySizeQuota 10240
                AssumeRolePolicySizeQuota 2048
                AttachedPoliciesPerUserQuota 10
                AttachedPoliciesPerGroupQuota 10
                AttachedPoliciesPerRoleQuota 10
                GroupsPerUserQuota 10
                AccessKeysPerUserQuota 2
                SigningCertificatesPerUserQuota 2
                """;
        all.lines().map(line -> line.split(" ")).forEach(words -> quotas.put(words[0], Integer.valueOf(words[1])));
        return quotas;
    }

    @Override
    public SetSecurityTokenServicePreferencesResponse setSecurityTokenServicePreferences(
            SetSecurityTokenServicePreferencesRequest in) {
        preferences.put(new Preference(TOKENS, in.globalEndpointTokenVersion()));
        return new SetSecurityTokenServicePreferencesResponse();
    }
}
