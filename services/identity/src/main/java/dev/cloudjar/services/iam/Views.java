package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam.AttachedPermissionsBoundary;
import dev.cloudjar.api.Iam.Group;
import dev.cloudjar.api.Iam.InstanceProfile;
import dev.cloudjar.api.Iam.Role;
import dev.cloudjar.api.Iam.RoleLastUsed;
import dev.cloudjar.api.Iam.User;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.iam.Entity.RoleFacts;
import dev.cloudjar.services.iam.Entity.Used;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// How entities look on the wire: in a listing with less, alone with all.
final class Views {
    private final Directory directory;
    private final Passwords passwords;
    private final KeptNames names;

    Views(Directory directory, Passwords passwords, KeptNames names) {
        this.names = names;
        this.directory = directory;
        this.passwords = passwords;
    }

    /// What a user is called, and since when.
    static User plain(Entity user) {
        return new User()
                .path(user.name().path())
                .userName(user.name().text())
                .userId(user.uniqueId())
                .arn(Directory.arn(Sort.USER, user))
                .createDate(user.created());
    }

    /// The root as its MFA device shows it.
    static User root(Kernel kernel) {
        String account = Call.current().account();
        return new User().userId(account).arn(Directory.arn("root")).createDate(kernel.began(account));
    }

    /// As a listing shows a user: without tags and boundary.
    User listed(Entity user) {
        return plain(user).passwordLastUsed(passwords.lastUsed(user));
    }

    User user(Entity user) {
        return listed(user).permissionsBoundary(boundary(user)).tags(Tagging.wire(directory.tags(Sort.USER, user)));
    }

    static Group group(Entity group) {
        return new Group()
                .path(group.name().path())
                .groupName(group.name().text())
                .groupId(group.uniqueId())
                .arn(Directory.arn(Sort.GROUP, group))
                .createDate(group.created());
    }

    /// As a listing shows a role: without tags, boundary and last use.
    Role listedRole(Entity role) {
        RoleFacts facts = role.facts();
        return new Role()
                .path(role.name().path())
                .roleName(role.name().text())
                .roleId(role.uniqueId())
                .arn(Directory.arn(Sort.ROLE, role))
                .createDate(role.created())
                .assumeRolePolicyDocument(encoded(names.shown(facts.trust())))
                .description(facts.description())
                .maxSessionDuration(facts.maxSession());
    }

    Role role(Entity role) {
        return listedRole(role)
                .permissionsBoundary(boundary(role))
                .roleLastUsed(lastUsed(role.facts().used()))
                .tags(Tagging.wire(directory.tags(Sort.ROLE, role)));
    }

    static RoleLastUsed lastUsed(Optional<Used> used) {
        return new RoleLastUsed().lastUsedDate(used.map(Used::at)).region(used.map(Used::region));
    }

    InstanceProfile profile(Profile profile) {
        List<Role> roles = profile.roles().stream()
                .flatMap(name -> directory.find(Sort.ROLE, name).stream())
                .map(this::listedRole)
                .toList();
        return new InstanceProfile()
                .path(profile.name().path())
                .instanceProfileName(profile.name().text())
                .instanceProfileId(profile.uniqueId())
                .arn(Directory.arn("instance-profile" + profile.name().wire()))
                .createDate(profile.created())
                .roles(roles);
    }

    private static Optional<AttachedPermissionsBoundary> boundary(Entity entity) {
        return entity.grants()
                .boundary()
                .map(arn -> new AttachedPermissionsBoundary()
                        .permissionsBoundaryType("Policy")
                        .permissionsBoundaryArn(arn));
    }

    /// Documents travel percent-encoded, by RFC 3986.
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
