package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.services.iam.Entity.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A managed policy with its versions, the default among them; newest first.
record Managed(
        Name name,
        String uniqueId,
        Instant created,
        Instant updated,
        Optional<String> description,
        List<Version> versions,
        int next)
        implements Resource {
    private static final int MOST = 1500;

    static final Kind<Managed> KIND = Kind.of(
                    IamService.ID,
                    "policy",
                    Managed.class,
                    name -> Refusals.missing("Policy " + name + " was not found."))
            .arn(name -> "policy/" + name)
            .quota(MOST, () -> Refusals.overQuota("PoliciesPerAccount", MOST))
            .in(Scope.ACCOUNT);

    /// One text of a policy.
    record Version(int number, String document, Instant created, boolean isDefault) {
        String id() {
            return "v" + number;
        }

        Version chosen(boolean chosen) {
            return new Version(number, document, created, chosen);
        }
    }

    @Override
    public String id() {
        return Entity.id(name.text());
    }

    Version current() {
        return versions.stream().filter(Version::isDefault).findFirst().orElseThrow();
    }

    Optional<Version> version(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    Managed added(String document, boolean chosen, Instant now) {
        var all = new ArrayList<Version>();
        all.add(new Version(next, document, now, chosen));
        versions.forEach(version -> all.add(version.chosen(version.isDefault() && !chosen)));
        return with(all, now, next + 1);
    }

    Managed choosing(String id, Instant now) {
        return with(
                versions.stream()
                        .map(version -> version.chosen(version.id().equals(id)))
                        .toList(),
                now,
                next);
    }

    Managed without(String id, Instant now) {
        return with(
                versions.stream().filter(version -> !version.id().equals(id)).toList(), now, next);
    }

    private Managed with(List<Version> others, Instant now, int following) {
        return new Managed(name, uniqueId, created, now, description, List.copyOf(others), following);
    }
}
