package dev.cloudjar.services.secretsmanager;

import static dev.cloudjar.api.SecretsManager.INVALID_PARAMETER_EXCEPTION;
import static dev.cloudjar.api.SecretsManager.INVALID_REQUEST_EXCEPTION;
import static dev.cloudjar.api.SecretsManager.RESOURCE_EXISTS_EXCEPTION;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.secretsmanager.Safe.Value;
import dev.cloudjar.services.secretsmanager.Secret.Regions;
import dev.cloudjar.services.secretsmanager.Version.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// All secrets with their versions: found by name and by ARN, whole or without its end; changed where they are
/// primary, and copied to where their replicas are.
final class Secrets {
    private static final int MOST_VERSIONS = 100;

    /// The secret that a name stands for.
    record Named(String key, String id) implements Row<String> {}

    private final Kernel kernel;
    private final Shelf<Secret> secrets;
    private final Table<String, Named> names;
    private final Table<Place, Version> versions;
    private final Safe safe;

    Secrets(Kernel kernel) {
        this.kernel = kernel;
        this.secrets = kernel.shelf(Secret.KIND);
        this.names = kernel.table(Named.class);
        this.versions = kernel.table(Version.class);
        this.safe = new Safe(kernel);
    }

    Kernel kernel() {
        return kernel;
    }

    Shelf<Secret> shelf() {
        return secrets;
    }

    Safe safe() {
        return safe;
    }

    Instant now() {
        return kernel.time().now();
    }

    Instant today() {
        return now().truncatedTo(ChronoUnit.DAYS);
    }

    String arn(Secret secret) {
        return secrets.arn(secret.id()).toString();
    }

    /// The id of the secret that a name, or an ARN with or without its end, names.
    Optional<String> id(String name) {
        Optional<String> whole = Arn.parse(name).flatMap(Secret.KIND::idIn);
        return whole.filter(id -> secrets.find(id).isPresent())
                .or(() -> names.find(whole.orElse(name)).map(Named::id));
    }

    Secret get(String name) {
        return id(name).flatMap(secrets::find)
                .orElseThrow(() -> Secret.KIND.missing().apply(name));
    }

    /// The secret, which is not to be deleted.
    Secret alive(String name) {
        Secret secret = get(name);
        if (secret.deletion().isPresent()) {
            throw INVALID_REQUEST_EXCEPTION.because(
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    /// The secret to be changed, which is neither to be deleted nor a replica.
    Secret primary(String name) {
        Secret secret = alive(name);
        checkPrimary(secret);
        return secret;
    }

    void checkPrimary(Secret secret) {
        if (isReplica(secret)) {
            throw INVALID_REQUEST_EXCEPTION.because(
                    "Operation not permitted on a replica secret. Call must be made in primary secret's region.");
        }
    }

    boolean isReplica(Secret secret) {
        return secret.regions()
                .filter(regions -> !regions.primary().equals(Call.current().region()))
                .isPresent();
    }

    boolean hasName(String name) {
        return names.has(name);
    }

    void name(Secret secret) {
        names.put(new Named(secret.name(), secret.id()));
    }

    /// Keeps a primary secret as it is now, here and in the regions of its replicas.
    Secret put(Secret secret) {
        secrets.put(secret);
        secret.regions()
                .ifPresent(regions -> regions.replicas()
                        .forEach(replica -> in(
                                replica.region(),
                                () -> secrets.find(secret.id())
                                        .map(copy -> secrets.put(replica(secret, replica, copy.dates()))))));
        return secret;
    }

    private static Secret replica(Secret secret, Regions.Replica replica, Secret.Dates dates) {
        Secret.Profile own = secret.profile();
        return secret.with(new Secret.Profile(own.description(), replica.kmsKeyId(), own.type(), own.policy()))
                .with(new Secret.Dates(
                        dates.created(),
                        secret.dates().changed(),
                        dates.accessed(),
                        secret.dates().rotated()));
    }

    <R> R in(String region, Supplier<R> work) {
        return Call.current().in(Call.current().account(), region).run(work::get);
    }

    /// Makes the copy of a secret and its versions for a replica.
    void copyTo(Secret secret, Regions.Replica replica) {
        List<Version> all = versions(secret);
        var tags = secrets.tags(secret.id());
        in(
                replica.region(),
                () -> secrets.create(
                        replica(secret, replica, new Secret.Dates(now(), now(), Optional.empty(), Optional.empty())),
                        tags));
        in(replica.region(), () -> names.put(new Named(secret.name(), secret.id())));
        all.forEach(version -> spread(secret, replica, version));
    }

    private void spread(Secret secret, Regions.Replica replica, Version version) {
        boolean empty = version.value().equals(Version.Sealed.NOTHING);
        Value value = empty ? new Value(true, Blob.EMPTY) : safe.open(secret, version);
        in(replica.region(), () -> {
            Secret copy = secrets.get(secret.id());
            Version.Sealed sealed = empty ? Version.Sealed.NOTHING : safe.seal(copy, version.id(), value);
            return versions.put(
                    new Version(version.key(), version.stages(), version.created(), Optional.empty(), sealed));
        });
    }

    List<Version> versions(Secret secret) {
        return versions.rows(Span.under(secret.lot())).toList();
    }

    /// The versions that bear a label; the others are deprecated.
    List<Version> labelled(Secret secret) {
        return versions(secret).stream()
                .filter(version -> !version.stages().isEmpty())
                .toList();
    }

    Optional<Version> version(Secret secret, String id) {
        return versions.find(new Place(secret.lot(), id));
    }

    Optional<Version> staged(Secret secret, String stage) {
        return first(secret, version -> version.bears(stage));
    }

    private Optional<Version> first(Secret secret, Predicate<Version> which) {
        return versions(secret).stream().filter(which).findFirst();
    }

    /// Keeps a version of a primary secret here, and with its value in the regions of the replicas.
    void put(Secret secret, Version version) {
        versions.put(version);
        secret.regions().ifPresent(regions -> regions.replicas().forEach(replica -> spread(secret, replica, version)));
    }

    /// Keeps that a version was read, which concerns this region only.
    void noteRead(Secret secret, Version version) {
        Instant day = today();
        if (!secret.dates().accessed().equals(Optional.of(day))) {
            secrets.put(secret.read(day));
        }
        if (!version.accessed().equals(Optional.of(day))) {
            versions.put(version.read(day));
        }
    }

    /// Adds a version with `stages`, which other versions lose; the label of the current one leaves that of the
    /// previous one behind.
    void add(Secret secret, String id, List<String> stages, Version.Sealed sealed) {
        stages.forEach(stage -> take(secret, stage, id));
        Optional<Version> old = version(secret, id);
        var all = new ArrayList<>(old.map(Version::stages).orElse(List.of()));
        stages.stream().filter(stage -> !all.contains(stage)).forEach(all::add);
        put(
                secret,
                new Version(
                        new Place(secret.lot(), id),
                        all,
                        old.map(Version::created).orElseGet(this::now),
                        old.flatMap(Version::accessed),
                        sealed));
        forgetOld(secret);
    }

    /// Takes a label away from the version that bears it, unless that is `id`.
    void take(Secret secret, String stage, String id) {
        staged(secret, stage).filter(version -> !version.id().equals(id)).ifPresent(version -> {
            var rest = new ArrayList<>(version.stages());
            rest.remove(stage);
            if (stage.equals(Version.CURRENT)) {
                take(secret, Version.PREVIOUS, version.id());
                rest.add(Version.PREVIOUS);
            }
            put(secret, version.staged(rest));
        });
    }

    /// Versions without a label are forgotten when there are too many and they are older than a day.
    private void forgetOld(Secret secret) {
        List<Version> all = versions(secret);
        if (all.size() > MOST_VERSIONS) {
            all.stream()
                    .filter(version ->
                            version.stages().isEmpty() && version.created().isBefore(now().minus(1, ChronoUnit.DAYS)))
                    .forEach(version -> versions.remove(version.key()));
        }
    }

    /// A token that names a version: refused where the version is there with another value.
    boolean isThere(Secret secret, String token, Value value) {
        Optional<Version> there = version(secret, token).filter(v -> !v.value().equals(Version.Sealed.NOTHING));
        if (there.filter(version -> !safe.open(secret, version).equals(value)).isPresent()) {
            throw RESOURCE_EXISTS_EXCEPTION.because(
                    "You can't use ClientRequestToken %s because that value is already in use for a version of secret"
                            + " %s.",
                    token, arn(secret));
        }
        return there.isPresent();
    }

    void remove(Secret secret) {
        secrets.remove(secret.id());
        names.remove(secret.name());
        kernel.drop(secret.lot());
    }

    /// The value of a request, of which there may be one, text or bytes.
    static Optional<Value> value(Optional<String> text, Optional<Blob> bytes) {
        if (text.isPresent() && bytes.isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        return text.map(said -> new Value(true, Blob.of(said))).or(() -> bytes.map(said -> new Value(false, said)));
    }

    static String token(Optional<String> token) {
        return token.orElseThrow(() -> INVALID_REQUEST_EXCEPTION.because(
                "You must provide a ClientRequestToken value. We recommend a UUID-type value."));
    }
}
