package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Used;
import dev.cloudjar.services.iam.IssuedKey.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Access keys: two a user, and two of the root. A secret is never stored: it follows from the key's id and a
/// secret of the world.
final class AccessKeys implements Iam {
    private static final int MOST = 2;
    private static final Duration FINENESS = Duration.ofMinutes(1);

    /// The keys of one user, by id; of the root where the name is empty.
    record Ring(String user, List<String> ids) implements Row<String> {
        @Override
        public String key() {
            return user;
        }
    }

    private final Kernel kernel;
    private final Directory directory;
    private final Table<String, IssuedKey> keys;
    private final Table<String, Ring> rings;
    private final Pages pages;

    AccessKeys(Kernel kernel, Directory directory) {
        this.kernel = kernel;
        this.directory = directory;
        this.keys = kernel.table(IssuedKey.class, Scope.WORLD);
        this.rings = kernel.table(Ring.class, Scope.ACCOUNT);
        this.pages = new Pages(kernel);
    }

    Optional<IssuedKey> find(String id) {
        return keys.find(id);
    }

    String secret(String id) {
        return new KeyIds(kernel.ids(), kernel.tokens()).secret(id);
    }

    List<IssuedKey> of(String user) {
        return rings.find(user).map(Ring::ids).orElse(List.of()).stream()
                .flatMap(id -> keys.find(id).stream())
                .toList();
    }

    /// Notes the use of a key, to the minute.
    void used(String id, String service, String region) {
        Instant now = Moment.now(kernel);
        keys.updateIf(
                id,
                key -> key.used()
                        .filter(last ->
                                last.service().equals(service) && last.region().equals(region))
                        .filter(last -> now.isBefore(last.at().plus(FINENESS)))
                        .isEmpty(),
                key -> key.used(new Used(now, service, region)));
    }

    private String owner(Optional<String> named) {
        Optional<String> user = Caller.user(named);
        user.ifPresent(name -> directory.get(Sort.USER, name));
        return user.orElse("");
    }

    @Override
    public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest in) {
        String user = owner(in.userName());
        var ids = new ArrayList<>(rings.find(user).map(Ring::ids).orElse(List.of()));
        if (ids.size() >= MOST) {
            throw Refusals.overQuota("AccessKeysPerUser", MOST);
        }
        String id = new KeyIds(kernel.ids(), kernel.tokens()).key("AKIA");
        ids.add(id);
        rings.put(new Ring(user, ids));
        String account = Call.current().account();
        var made = keys.put(new IssuedKey(id, account, user, Moment.now(kernel), Status.ACTIVE, Optional.empty()));
        return new CreateAccessKeyResponse()
                .accessKey(new AccessKey()
                        .userName(user)
                        .accessKeyId(id)
                        .status(made.status().wire())
                        .secretAccessKey(secret(id))
                        .createDate(made.created()));
    }

    private IssuedKey get(String user, String id) {
        return of(user).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusals.missing("The Access Key with id " + id + " cannot be found."));
    }

    @Override
    public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest in) {
        String user = owner(in.userName());
        var out = new ListAccessKeysResponse();
        return out.accessKeyMetadata(pages.of(in, out, of(user)).stream()
                .map(key -> new AccessKeyMetadata()
                        .userName(user)
                        .accessKeyId(key.id())
                        .status(key.status().wire())
                        .createDate(key.created()))
                .toList());
    }

    @Override
    public UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest in) {
        IssuedKey key = get(owner(in.userName()), in.accessKeyId());
        keys.put(key.now(Status.of(in.status())));
        directory.changed();
        return new UpdateAccessKeyResponse();
    }

    @Override
    public DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest in) {
        String user = owner(in.userName());
        IssuedKey key = get(user, in.accessKeyId());
        keys.put(key.now(Status.DELETED));
        directory.changed();
        rings.update(
                user,
                ring -> new Ring(
                        user,
                        ring.ids().stream().filter(id -> !id.equals(key.id())).toList()));
        return new DeleteAccessKeyResponse();
    }

    @Override
    public GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest in) {
        IssuedKey key = keys.find(in.accessKeyId())
                .filter(found -> found.account().equals(Call.current().account()))
                .filter(found -> found.status() != Status.DELETED)
                .orElseThrow(() -> Refusals.ACCESS_DENIED.because(
                        "User: " + Call.current().principal().arn()
                                + " is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key "
                                + in.accessKeyId()));
        return new GetAccessKeyLastUsedResponse()
                .userName(key.user())
                .accessKeyLastUsed(new AccessKeyLastUsed()
                        .lastUsedDate(key.used().map(Used::at))
                        .serviceName(key.used().map(Used::service).orElse("N/A"))
                        .region(key.used().map(Used::region).orElse("N/A")));
    }

    void rename(String from, String to) {
        of(from).forEach(key -> keys.put(key.of(to)));
        rings.find(from).ifPresent(ring -> {
            rings.remove(from);
            rings.put(new Ring(to, ring.ids()));
        });
    }
}
