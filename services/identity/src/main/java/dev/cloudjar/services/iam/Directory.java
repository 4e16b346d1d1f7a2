package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The users, groups and roles of an account, and a number that is another after every change to what binds them.
final class Directory {
    /// Of which change the account's bindings are. No number comes twice, not even where the world goes back to a
    /// snapshot and takes another way from there.
    record Generation(String key, long number) implements Row<String> {
        static final String KEY = "iam";
    }

    /// What an entity was before a change that the rest of AWS has not heard of yet; nothing before it was made.
    record Former(Key key, Optional<Entity> entity, Instant at) implements Expiring<Former.Key> {
        record Key(String sort, String id) {}

        @Override
        public Optional<Instant> until() {
            return Optional.of(at);
        }
    }

    private final Kernel kernel;
    private final Shelf<Entity> users;
    private final Shelf<Entity> groups;
    private final Shelf<Entity> roles;
    private final Table<String, Generation> generations;
    private final Table<Former.Key, Former> formers;

    Directory(Kernel kernel) {
        this.kernel = kernel;
        this.users = kernel.shelf(kind(Sort.USER));
        this.groups = kernel.shelf(kind(Sort.GROUP));
        this.roles = kernel.shelf(kind(Sort.ROLE));
        this.generations = kernel.table(Generation.class, Scope.ACCOUNT);
        this.formers = kernel.table(Former.class, Scope.ACCOUNT);
    }

    static Kind<Entity> kind(Sort sort) {
        return Kind.of(IamService.ID, sort.wire(), Entity.class, name -> Refusals.missing(sort, name))
                .arn(name -> sort.wire() + '/' + name)
                .quota(sort.most(), () -> Refusals.overQuota(sort.title() + "sPerAccount", sort.most()))
                .in(Scope.ACCOUNT);
    }

    private Shelf<Entity> shelf(Sort sort) {
        return switch (sort) {
            case USER -> users;
            case GROUP -> groups;
            case ROLE -> roles;
        };
    }

    /// Changes as well whenever a change has spread.
    long spread() {
        long waiting = kernel.propagation().isZero() ? 0 : formers.count(Span.ALL);
        return generation() ^ waiting << 48;
    }

    private long generation() {
        return generations.find(Generation.KEY).map(Generation::number).orElse(0L);
    }

    /// An entity as all of AWS knows it, which is how it was before the changes of the last moments.
    Optional<Entity> known(Sort sort, String name) {
        return formers.find(new Former.Key(sort.wire(), Entity.id(name)))
                .map(Former::entity)
                .orElseGet(() -> find(sort, name));
    }

    /// Lets the rest of AWS hear of a change after a while only.
    private void delay(Sort sort, String id) {
        var key = new Former.Key(sort.wire(), id);
        if (!kernel.propagation().isZero() && !formers.has(key)) {
            Instant at = kernel.time().now().plus(kernel.propagation());
            formers.put(new Former(key, shelf(sort).find(id), at));
        }
    }

    /// Says that what binds somebody has changed.
    void changed() {
        generations.put(new Generation(Generation.KEY, kernel.ids().sequence()));
    }

    Optional<Entity> find(Sort sort, String name) {
        return shelf(sort)
                .find(Entity.id(name))
                .filter(found -> found.name().text().equals(name));
    }

    Entity get(Sort sort, String name) {
        return find(sort, name).orElseThrow(() -> Refusals.missing(sort, name));
    }

    /// All of one kind whose path begins with `prefix`, by name.
    List<Entity> under(Sort sort, Optional<String> prefix) {
        return kernel.transact(() -> shelf(sort)
                .all()
                .filter(entity -> entity.name().path().startsWith(prefix.orElse("/")))
                .toList());
    }

    List<Entity> all(Sort sort) {
        return under(sort, Optional.empty());
    }

    void create(Sort sort, Entity made, Map<String, String> tags) {
        delay(sort, made.id());
        if (!shelf(sort).create(made, tags)) {
            throw Refusals.exists(sort.title() + " with name " + made.name().text() + " already exists.");
        }
        changed();
    }

    Entity change(Sort sort, String name, UnaryOperator<Entity> change) {
        get(sort, name);
        delay(sort, Entity.id(name));
        changed();
        return shelf(sort).update(Entity.id(name), change);
    }

    /// Notes that a role's session made a call, which changes nobody's rights.
    void used(String arn, Entity.Used latest) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        find(Sort.ROLE, name)
                .ifPresent(_ -> roles.update(
                        Entity.id(name), role -> role.acting(role.facts().used(latest))));
    }

    /// Gives an entity another name or path, with its tags.
    void rename(Sort sort, Entity from, Entity to) {
        Map<String, String> tags = tags(sort, from);
        delay(sort, from.id());
        shelf(sort).remove(from.id());
        create(sort, to, tags);
    }

    void remove(Sort sort, Entity gone) {
        delay(sort, gone.id());
        shelf(sort).remove(gone.id());
        changed();
    }

    Map<String, String> tags(Sort sort, Entity entity) {
        return shelf(sort).tags(entity.id());
    }

    /// The shelf for those who tag its entities; they say [#changed].
    Shelf<Entity> tagged(Sort sort) {
        return shelf(sort);
    }

    static String arn(String resource) {
        Call call = Call.current();
        return new Arn(Arn.partition(call.region()), IamService.ID, "", call.account(), resource).toString();
    }

    static String arn(Sort sort, Entity entity) {
        return arn(sort.wire() + entity.name().wire());
    }
}
