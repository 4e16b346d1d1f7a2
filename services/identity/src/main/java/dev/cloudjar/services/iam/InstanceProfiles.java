package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Name;
import java.util.List;

/// Instance profiles, each with a role or none.
final class InstanceProfiles implements Iam {
    private final Kernel kernel;
    private final Directory directory;
    private final Shelf<Profile> profiles;
    private final Views views;
    private final Pages pages;

    InstanceProfiles(Kernel kernel, Directory directory, Views views) {
        this.kernel = kernel;
        this.directory = directory;
        this.profiles = kernel.shelf(Profile.KIND);
        this.views = views;
        this.pages = new Pages(kernel);
    }

    private Profile get(String name) {
        return profiles.find(Entity.id(name))
                .filter(found -> found.name().text().equals(name))
                .orElseThrow(() -> Profile.KIND.missing().apply(name));
    }

    private InstanceProfile view(Profile profile) {
        return views.profile(profile).tags(Tagging.wire(profiles.tags(profile.id())));
    }

    @Override
    public CreateInstanceProfileResponse createInstanceProfile(CreateInstanceProfileRequest in) {
        var tags = Tagging.read(in.tags());
        var made = new Profile(
                new Name(in.path().orElse("/"), in.instanceProfileName()),
                new KeyIds(kernel.ids(), kernel.tokens()).unique("AIPA"),
                Moment.now(kernel),
                List.of());
        if (!profiles.create(made, tags)) {
            throw Refusals.exists("Instance Profile " + in.instanceProfileName() + " already exists.");
        }
        return new CreateInstanceProfileResponse().instanceProfile(view(made));
    }

    @Override
    public GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest in) {
        return new GetInstanceProfileResponse().instanceProfile(view(get(in.instanceProfileName())));
    }

    @Override
    public ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest in) {
        var out = new ListInstanceProfilesResponse();
        String prefix = in.pathPrefix().orElse("/");
        List<Profile> found = profiles.all()
                .filter(profile -> profile.name().path().startsWith(prefix))
                .toList();
        return out.instanceProfiles(
                pages.of(in, out, found).stream().map(views::profile).toList());
    }

    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest in) {
        directory.get(Sort.ROLE, in.roleName());
        var out = new ListInstanceProfilesForRoleResponse();
        List<Profile> found = profiles.all()
                .filter(profile -> profile.roles().contains(in.roleName()))
                .toList();
        return out.instanceProfiles(
                pages.of(in, out, found).stream().map(views::profile).toList());
    }

    @Override
    public AddRoleToInstanceProfileResponse addRoleToInstanceProfile(AddRoleToInstanceProfileRequest in) {
        Profile profile = get(in.instanceProfileName());
        Entity role = directory.get(Sort.ROLE, in.roleName());
        Roles.checkOwn(role);
        kernel.require(Access.of("iam:PassRole", Directory.arn(Sort.ROLE, role))
                .with("iam:PassedToService", "ec2.amazonaws.com"));
        if (!profile.roles().isEmpty()) {
            throw Refusals.overQuota("InstanceSessionsPerInstanceProfile", 1);
        }
        profiles.update(profile.id(), held -> held.of(List.of(in.roleName())));
        return new AddRoleToInstanceProfileResponse();
    }

    @Override
    public RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
            RemoveRoleFromInstanceProfileRequest in) {
        Profile profile = get(in.instanceProfileName());
        if (!profile.roles().contains(in.roleName())) {
            throw Refusals.missing(Sort.ROLE, in.roleName());
        }
        profiles.update(profile.id(), held -> held.of(List.of()));
        return new RemoveRoleFromInstanceProfileResponse();
    }

    @Override
    public DeleteInstanceProfileResponse deleteInstanceProfile(DeleteInstanceProfileRequest in) {
        Profile profile = get(in.instanceProfileName());
        if (!profile.roles().isEmpty()) {
            throw Refusals.conflict("remove roles from instance profile");
        }
        profiles.remove(profile.id());
        return new DeleteInstanceProfileResponse();
    }
}
