package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a service sees of its world.
public final class Kernel {
    private final World world;
    private final String service;

    Kernel(World world, String service) {
        this.world = world;
        this.service = service;
    }

    /// The same world as `other` sees it, for services that AWS splits in two but that keep one set of rows.
    public Kernel as(String other) {
        return new Kernel(world, other);
    }

    /// Rows of `type`, by account and region.
    public <K, V extends Row<K>> Table<K, V> table(Class<V> type) {
        return table(type, Scope.REGION);
    }

    public <K, V extends Row<K>> Table<K, V> table(Class<V> type, Scope scope) {
        return Table.of(world, name(type), type, scope, Optional.empty());
    }

    /// The same of rows whose end `owner` is told of, in the transaction that sweeps them away and in their
    /// account and region.
    public <K, V extends Expiring<K>> Table<K, V> table(Class<V> type, Scope scope, Consumer<V> owner) {
        return Table.of(world, name(type), type, scope, Optional.of(owner));
    }

    private String name(Class<?> type) {
        return service + '.' + type.getSimpleName();
    }

    /// An empty lot for rows that belong to one resource.
    public Lot lot() {
        return new Lot(ids().sequence(), 0);
    }

    /// Has all rows of this service that belong to `lot`, which no resource names any more, removed in the
    /// background: from all tables whose keys begin with it, in the account and region of this call.
    public void drop(Lot lot) {
        world.lots().drop(service, lot);
    }

    /// Rows that the kernel reads: what a service works out for it, such as an organization's limits.
    public <K, V extends Row<K>> Table<K, V> kernelTable(String name, Class<V> type) {
        return world.table(name, type);
    }

    public <R extends Resource> Shelf<R> shelf(Kind<R> kind) {
        return world.tables().shelf(world, service, kind);
    }

    /// The tags of all resources, whatever service they belong to.
    public Tagging tagging() {
        return new Tagging(world);
    }

    /// Now, as a life cycle needs it.
    public Moment moment() {
        return new Moment(time().now(), Call.current().request().id(), realisticDelays());
    }

    /// Runs `body` in the call's transaction, or in one of its own where the call has none. It may run more than
    /// once.
    public <R> R transact(Supplier<R> body) {
        return world.transactions().run(body);
    }

    /// A record of what this service's calls are at work on.
    public <K> Ongoing<K> ongoing() {
        return new Ongoing<>();
    }

    public Time time() {
        return world.time();
    }

    public Agenda agenda() {
        return world.agenda();
    }

    public Ids ids() {
        return world.ids();
    }

    public Tokens tokens() {
        return world.tokens();
    }

    /// Where secrets are sealed before they are kept.
    public Vault vault() {
        return world.vault();
    }

    /// Data keys for encryption: KMS's, or the world's own where KMS is not built.
    public Keys keys() {
        return world.keys();
    }

    /// What another service offers under the interface `port`; nothing in a world without such a service.
    public <P> Optional<P> port(Class<P> port) {
        return world.port(port);
    }

    /// The policy of a resource as it is to be kept: the users and roles that it names by their unique ids.
    public String kept(String policy) {
        return port(PolicyNames.class).map(names -> names.kept(policy)).orElse(policy);
    }

    /// The same, refused where it names a user or role of the call's account who is not there.
    public String kept(String policy, Function<String, AwsError> refusal) {
        port(PolicyNames.class).flatMap(names -> names.stranger(policy)).ifPresent(name -> {
            throw refusal.apply(name);
        });
        return kept(policy);
    }

    /// A policy that was kept, as it is to be shown.
    public String shown(String policy) {
        return port(PolicyNames.class).map(names -> names.shown(policy)).orElse(policy);
    }

    /// Refuses, with AWS's error, what the caller may not do, beyond what the pipeline asks for: `iam:PassRole`
    /// for a role that the input names, or the use of a key on behalf of a caller of another service.
    public void require(Access access) {
        world.policy().require(Call.current(), access, service);
    }

    public Events events() {
        return world.events();
    }

    public Deliveries deliveries() {
        return world.deliveries();
    }

    public Meter meter() {
        return world.meter();
    }

    /// Sums of this service that are kept for so long.
    public Tally tally(String name, Duration kept) {
        return world.tables().tally(world, service + '.' + name, kept);
    }

    public Blobs blobs() {
        return world.blobs();
    }

    /// Tells the operator something, such as what AWS would send by mail.
    public void log(String sentence) {
        world.settings().log().accept(sentence);
    }

    /// When an account began: as its organization opened it, or with the world.
    public Instant began(String account) {
        return port(Memberships.class)
                .flatMap(organizations -> organizations.opened(account))
                .orElseGet(world::began);
    }

    /// How long it takes until what changes in IAM is seen elsewhere.
    public Duration propagation() {
        return world.settings().propagation();
    }

    /// Whether waits that AWS imposes for its own sake last as long as on AWS.
    public boolean realisticDelays() {
        return world.settings().realisticDelays();
    }
}
