package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Grants;
import dev.cloudjar.services.iam.Entity.Name;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Users themselves: made, shown, renamed, deleted.
final class Users implements Iam {
    private final Kernel kernel;
    private final Directory directory;
    private final Credentials credentials;
    private final Policies policies;
    private final Views views;
    private final Pages pages;

    Users(Kernel kernel, Directory directory, Credentials credentials, Policies policies, Views views) {
        this.kernel = kernel;
        this.directory = directory;
        this.credentials = credentials;
        this.policies = policies;
        this.views = views;
        this.pages = new Pages(kernel);
    }

    @Override
    public CreateUserResponse createUser(CreateUserRequest in) {
        var tags = Tagging.ofEntity(in.tags());
        in.permissionsBoundary().ifPresent(policies::checkBoundary);
        var made = new Entity(
                new Name(in.path().orElse("/"), in.userName()),
                new KeyIds(kernel.ids(), kernel.tokens()).unique(Sort.USER.prefix()),
                Moment.now(kernel),
                Grants.NONE.bounded(in.permissionsBoundary()),
                List.of(),
                Optional.empty());
        directory.create(Sort.USER, made, tags);
        return new CreateUserResponse().user(views.user(made));
    }

    @Override
    public GetUserResponse getUser(GetUserRequest in) {
        return new GetUserResponse()
                .user(Caller.user(in.userName())
                        .map(name -> views.user(directory.get(Sort.USER, name)))
                        .orElseGet(this::root));
    }

    private User root() {
        String account = Call.current().account();
        return new User()
                .path("/")
                .userName("root")
                .userId(account)
                .arn(Directory.arn("root"))
                .createDate(kernel.began(account).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public ListUsersResponse listUsers(ListUsersRequest in) {
        var out = new ListUsersResponse();
        List<Entity> found = pages.of(in, out, directory.under(Sort.USER, in.pathPrefix()));
        return out.users(found.stream().map(views::listed).toList());
    }

    @Override
    public UpdateUserResponse updateUser(UpdateUserRequest in) {
        Entity user = directory.get(Sort.USER, in.userName());
        String name = in.newUserName().orElse(in.userName());
        directory.rename(
                Sort.USER,
                user,
                user.named(new Name(in.newPath().orElse(user.name().path()), name)));
        credentials.rename(in.userName(), name);
        return new UpdateUserResponse();
    }

    @Override
    public DeleteUserResponse deleteUser(DeleteUserRequest in) {
        Entity user = directory.get(Sort.USER, in.userName());
        if (!user.groups().isEmpty()) {
            throw Refusals.conflict("remove users from group");
        }
        if (!user.grants().attached().isEmpty()) {
            throw Refusals.conflict("detach all policies");
        }
        if (!user.grants().inline().isEmpty()) {
            throw Refusals.conflict("delete policies");
        }
        credentials.checkNone(in.userName());
        directory.remove(Sort.USER, user);
        return new DeleteUserResponse();
    }
}
