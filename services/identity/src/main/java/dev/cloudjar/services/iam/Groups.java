package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Grants;
import dev.cloudjar.services.iam.Entity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Groups and who is in them.
final class Groups implements Iam {
    private static final int MOST_A_USER = 10;

    private final Kernel kernel;
    private final Directory directory;
    private final Views views;
    private final Pages pages;

    Groups(Kernel kernel, Directory directory, Views views) {
        this.kernel = kernel;
        this.directory = directory;
        this.views = views;
        this.pages = new Pages(kernel);
    }

    @Override
    public CreateGroupResponse createGroup(CreateGroupRequest in) {
        var made = new Entity(
                new Name(in.path().orElse("/"), in.groupName()),
                new KeyIds(kernel.ids(), kernel.tokens()).unique(Sort.GROUP.prefix()),
                Moment.now(kernel),
                Grants.NONE,
                List.of(),
                Optional.empty());
        directory.create(Sort.GROUP, made, Map.of());
        return new CreateGroupResponse().group(Views.group(made));
    }

    @Override
    public GetGroupResponse getGroup(GetGroupRequest in) {
        Entity group = directory.get(Sort.GROUP, in.groupName());
        var out = new GetGroupResponse().group(Views.group(group));
        List<Entity> members = pages.of(in, out, members(in.groupName()));
        return out.users(members.stream().map(views::listed).toList());
    }

    private List<Entity> members(String group) {
        return directory.all(Sort.USER).stream()
                .filter(user -> user.groups().contains(group))
                .toList();
    }

    @Override
    public ListGroupsResponse listGroups(ListGroupsRequest in) {
        var out = new ListGroupsResponse();
        List<Entity> found = pages.of(in, out, directory.under(Sort.GROUP, in.pathPrefix()));
        return out.groups(found.stream().map(Views::group).toList());
    }

    @Override
    public ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest in) {
        var out = new ListGroupsForUserResponse();
        List<String> names =
                pages.of(in, out, directory.get(Sort.USER, in.userName()).groups());
        return out.groups(names.stream()
                .map(name -> Views.group(directory.get(Sort.GROUP, name)))
                .toList());
    }

    @Override
    public AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest in) {
        directory.get(Sort.GROUP, in.groupName());
        directory.change(Sort.USER, in.userName(), user -> {
            var groups = new ArrayList<>(user.groups());
            if (!groups.contains(in.groupName())) {
                groups.add(in.groupName());
            }
            if (groups.size() > MOST_A_USER) {
                throw Refusals.overQuota("GroupsPerUser", MOST_A_USER);
            }
            return user.in(groups);
        });
        return new AddUserToGroupResponse();
    }

    @Override
    public RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest in) {
        directory.get(Sort.GROUP, in.groupName());
        leave(in.userName(), in.groupName(), Optional.empty());
        return new RemoveUserFromGroupResponse();
    }

    /// Takes a user out of a group, or has it follow the group to its new name.
    private void leave(String user, String group, Optional<String> renamed) {
        directory.change(
                Sort.USER,
                user,
                member -> member.in(member.groups().stream()
                        .flatMap(name -> name.equals(group) ? renamed.stream() : Stream.of(name))
                        .toList()));
    }

    @Override
    public UpdateGroupResponse updateGroup(UpdateGroupRequest in) {
        Entity group = directory.get(Sort.GROUP, in.groupName());
        String name = in.newGroupName().orElse(in.groupName());
        List<Entity> members = members(in.groupName());
        String path = in.newPath().orElse(group.name().path());
        directory.rename(Sort.GROUP, group, group.named(new Name(path, name)));
        members.forEach(member -> leave(member.name().text(), in.groupName(), Optional.of(name)));
        return new UpdateGroupResponse();
    }

    @Override
    public DeleteGroupResponse deleteGroup(DeleteGroupRequest in) {
        Entity group = directory.get(Sort.GROUP, in.groupName());
        if (!members(in.groupName()).isEmpty()) {
            throw Refusals.conflict("remove users from group");
        }
        if (!group.grants().attached().isEmpty()) {
            throw Refusals.conflict("detach all policies");
        }
        if (!group.grants().inline().isEmpty()) {
            throw Refusals.conflict("delete policies");
        }
        directory.remove(Sort.GROUP, group);
        return new DeleteGroupResponse();
    }
}
