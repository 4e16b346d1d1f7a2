package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.services.iam.Entity.Name;
import java.time.Instant;
import java.util.List;

/// An instance profile: the name by which an instance is given a role.
record Profile(Name name, String uniqueId, Instant created, List<String> roles) implements Resource {
    private static final int MOST = 1000;

    static final Kind<Profile> KIND = Kind.of(
                    IamService.ID,
                    "instance-profile",
                    Profile.class,
                    name -> Refusals.missing("Instance Profile " + name + " cannot be found."))
            .arn(name -> "instance-profile/" + name)
            .quota(MOST, () -> Refusals.overQuota("InstanceProfilesPerAccount", MOST))
            .in(Scope.ACCOUNT);

    @Override
    public String id() {
        return Entity.id(name.text());
    }

    Profile of(List<String> others) {
        return new Profile(name, uniqueId, created, List.copyOf(others));
    }
}
