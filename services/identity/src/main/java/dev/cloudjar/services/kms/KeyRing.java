package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.KeyManagerType;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Vault;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Material.Birth;
import dev.cloudjar.services.kms.Material.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All keys with their material: found by what clients call them, held to the state that an operation needs, and
/// changed in every region that has them.
final class KeyRing {
    private final Shelf<Key> keys;
    private final Table<String, Alias> aliases;
    private final Table<Place, Material> materials;
    private final Vault vault;
    private final Kernel kernel;

    KeyRing(Kernel kernel) {
        this.kernel = kernel;
        this.keys = kernel.shelf(Key.KIND);
        this.aliases = kernel.table(Alias.class);
        this.materials = kernel.table(Material.class);
        this.vault = kernel.vault();
    }

    /// A key policy as it is kept, unless it names somebody of this account who is not there.
    String kept(String policy) {
        return kernel.kept(
                policy,
                _ -> Kms.MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                        "Policy contains a statement with one or more invalid principals."));
    }

    /// A key policy as it is shown.
    String shown(String policy) {
        return kernel.shown(policy);
    }

    Shelf<Key> shelf() {
        return keys;
    }

    Arn arn(Key key) {
        return keys.arn(key.id());
    }

    /// The key that an id or a key ARN of this region names.
    Key get(String name) {
        Optional<Arn> arn = Arn.parse(name);
        if (arn.isEmpty()) {
            return keys.find(name).orElseThrow(() -> missing(name));
        }
        checkArn(arn.get());
        return keys.get(Key.KIND.idIn(arn.get()).orElseThrow(() -> missing(name)));
    }

    private static AwsError missing(String name) {
        boolean id = name.startsWith("mrk-") || name.length() == 36 && name.indexOf('-') == 8;
        return id ? Key.KIND.missing().apply(name) : Kms.NOT_FOUND_EXCEPTION.because("Invalid keyId %s", name);
    }

    private static void checkArn(Arn arn) {
        if (!arn.service().equals(KmsService.ID)) {
            throw Kms.INVALID_ARN_EXCEPTION.because("ARN does not refer to a valid KMS resource: %s", arn);
        }
        if (!arn.region().equals(Call.current().region())) {
            throw Kms.NOT_FOUND_EXCEPTION.because("Invalid arn %s", arn.region());
        }
    }

    /// The key that an id, an alias or the ARN of either names.
    Key named(String name) {
        Optional<String> alias = aliasIn(name);
        if (alias.isEmpty()) {
            return get(name);
        }
        Arn.parse(name).ifPresent(KeyRing::checkArn);
        return aliases.find(alias.get())
                .map(found -> keys.get(found.target()))
                .orElseThrow(() -> Kms.NOT_FOUND_EXCEPTION.because(
                        "Alias %s is not found.", Arn.here(KmsService.ID, alias.get())));
    }

    /// The alias that `name` is or that the ARN `name` ends in.
    static Optional<String> aliasIn(String name) {
        return Optional.of(Arn.parse(name).map(Arn::resource).orElse(name))
                .filter(resource -> resource.startsWith(Alias.PREFIX));
    }

    /// The key `name` to be managed: not one of AWS's own.
    Key own(String name) {
        Key key = get(name);
        if (key.nature().managedByAws()) {
            throw Refusals.unauthorized(arn(key).toString());
        }
        return key;
    }

    /// The key `name` to be managed, which is not on its way to deletion.
    Key alive(String name) {
        Key key = own(name);
        checkAlive(key);
        return key;
    }

    /// The key `name` to be managed, which is enabled.
    Key enabled(String name) {
        Key key = own(name);
        checkEnabled(key);
        return key;
    }

    void checkAlive(Key key) {
        if (key.status().state().isPendingDeletion()) {
            throw invalidState(key, key.status().state());
        }
    }

    void checkEnabled(Key key) {
        switch (key.status().state()) {
            case ENABLED -> {}
            case DISABLED -> throw Kms.DISABLED_EXCEPTION.because("%s is disabled.", arn(key));
            case PENDING_IMPORT, PENDING_DELETION, PENDING_REPLICA_DELETION ->
                throw invalidState(key, key.status().state());
        }
    }

    AwsError invalidState(Key key, State state) {
        String said = switch (state) {
            case PENDING_IMPORT -> "pending import";
            case PENDING_REPLICA_DELETION -> "pending replica deletion";
            default -> "pending deletion";
        };
        return Kms.KMS_INVALID_STATE_EXCEPTION.because("%s is %s.", arn(key), said);
    }

    /// Changes what all regions of a key have in common, wherever it is.
    void everywhere(Key key, Function<Key, Key> change) {
        if (key.regions().isEmpty()) {
            keys.update(key.id(), change::apply);
            return;
        }
        Stream.concat(Stream.of(key.regions().get().primary()), key.regions().get().replicas().stream())
                .forEach(region ->
                        in(region, () -> keys.find(key.id()).map(change).map(keys::put)));
    }

    /// Does `work` in another region of this account.
    <R> R in(String region, Supplier<R> work) {
        return Call.current().in(Call.current().account(), region).run(work::get);
    }

    Material current(Key key) {
        return materials.find(new Place(key.id(), key.material())).orElseThrow();
    }

    Optional<Material> material(Key key, String id) {
        Optional<Material> current = materials.find(new Place(key.id(), key.material()));
        return current.filter(material -> material.id().equals(id))
                .or(() -> materials(key.id())
                        .filter(material -> material.id().equals(id))
                        .findFirst());
    }

    Stream<Material> materials(String keyId) {
        return materials.rows(Span.under(keyId)).toList().stream();
    }

    Material put(Material material) {
        return materials.put(material);
    }

    void remove(Material material) {
        materials.remove(material.key());
    }

    /// A secret as new material of `key`, kept in the vault.
    Material seal(Place place, Blob secret, Blob publicKey, Birth birth) {
        String id = id(place.keyId(), secret);
        return new Material(place, id, vault.seal(id, secret), publicKey, birth);
    }

    Blob open(Material material) {
        return vault.open(material.id(), material.sealed());
    }

    /// The id of material, which the same material of the same key always has.
    static String id(String keyId, Blob secret) {
        MessageDigest digest = Digests.sha256();
        digest.update(keyId.getBytes(StandardCharsets.UTF_8));
        return Digests.hex(digest.digest(secret.bytes()));
    }

    Kms.KeyMetadata metadata(Key key) {
        Key.Nature nature = key.nature();
        State state = key.status().state();
        var told = new Kms.KeyMetadata()
                .awsAccountId(Call.current().account())
                .keyId(key.id())
                .arn(arn(key).toString())
                .creationDate(nature.created())
                .enabled(state == State.ENABLED)
                .description(key.description())
                .keyUsage(nature.usage().name())
                .keyState(state.wire())
                .origin(nature.origin())
                .keyManager(nature.managedByAws() ? KeyManagerType.AWS : KeyManagerType.CUSTOMER)
                .keySpec(nature.spec().name())
                .customerMasterKeySpec(nature.spec().name())
                .deletionDate(key.status().deletion())
                .multiRegion(key.regions().isPresent())
                .multiRegionConfiguration(key.regions().map(regions -> regions(key, regions)));
        if (state == State.PENDING_REPLICA_DELETION) {
            told.pendingDeletionWindowInDays(key.status().window());
        }
        tellAlgorithms(told, nature);
        tellMaterial(told, key);
        return told;
    }

    private static void tellAlgorithms(Kms.KeyMetadata told, Key.Nature nature) {
        var algorithms = nature.spec().algorithms(nature.usage());
        switch (nature.usage()) {
            case ENCRYPT_DECRYPT -> told.encryptionAlgorithms(algorithms);
            case SIGN_VERIFY -> told.signingAlgorithms(algorithms);
            case GENERATE_VERIFY_MAC -> told.macAlgorithms(algorithms);
            case KEY_AGREEMENT -> told.keyAgreementAlgorithms(algorithms);
        }
    }

    private void tellMaterial(Kms.KeyMetadata told, Key key) {
        materials.find(new Place(key.id(), key.material())).ifPresent(material -> {
            if (key.nature().spec() == Spec.SYMMETRIC_DEFAULT) {
                told.currentKeyMaterialId(material.id());
            }
            if (key.nature().isImported() && material.isThere()) {
                told.validTo(material.birth().validTo())
                        .expirationModel(
                                material.birth().validTo().isPresent()
                                        ? Kms.ExpirationModelType.KEY_MATERIAL_EXPIRES
                                        : Kms.ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE);
            }
        });
    }

    private Kms.MultiRegionConfiguration regions(Key key, Key.Regions regions) {
        boolean primary = regions.primary().equals(Call.current().region());
        return new Kms.MultiRegionConfiguration()
                .multiRegionKeyType(primary ? Kms.MultiRegionKeyType.PRIMARY : Kms.MultiRegionKeyType.REPLICA)
                .primaryKey(place(key, regions.primary()))
                .replicaKeys(regions.replicas().stream()
                        .map(region -> place(key, region))
                        .toList());
    }

    private Kms.MultiRegionKey place(Key key, String region) {
        Arn arn = arn(key).in(region, Call.current().account());
        return new Kms.MultiRegionKey().arn(arn.toString()).region(region);
    }
}
