package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Key.Status;
import dev.cloudjar.services.kms.Material.Birth;
import dev.cloudjar.services.kms.Material.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Material that customers bring: the key to wrap it under, its import, its expiry and its deletion.
final class Imports implements Kms {
    static final String EXPIRE = "expire";

    private static final Duration TOKENS_LAST = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String SCOPE = "kms import";

    /// The private half of a wrapping key, until it is used no more.
    record Wrapping(String key, String algorithm, Spec spec, Blob sealed, Instant end) implements Expiring<String> {
        @Override
        public Optional<Instant> until() {
            return Optional.of(end);
        }
    }

    private final Kernel kernel;
    private final KeyRing ring;
    private final Table<String, Wrapping> wrappings;

    Imports(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
        this.wrappings = kernel.table(Wrapping.class, Scope.REGION, _ -> {});
    }

    static AwsError wrongOrigin(Key key, KeyRing ring) {
        return UNSUPPORTED_OPERATION_EXCEPTION.because(
                "%s origin is %s which is not valid for this operation.",
                ring.arn(key), key.nature().origin());
    }

    static String model(Birth birth) {
        return birth.validTo().isPresent()
                ? ExpirationModelType.KEY_MATERIAL_EXPIRES
                : ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE;
    }

    /// The key `name`, whose material customers bring.
    private Key imported(String name) {
        Key key = ring.own(name);
        if (!key.nature().isImported()) {
            throw wrongOrigin(key, ring);
        }
        return key;
    }

    @Override
    @OutsideTransaction
    public GetParametersForImportResponse getParametersForImport(GetParametersForImportRequest in) {
        Key asked = kernel.transact(() -> imported(in.keyId()));
        ring.checkAlive(asked);
        Unwrapping.check(
                in.wrappingAlgorithm(), in.wrappingKeySpec(), asked.nature().spec());
        Spec spec = Spec.valueOf(in.wrappingKeySpec());
        Pairs.Pair pair = Pairs.generate(spec);
        return kernel.transact(() -> {
            Key key = imported(in.keyId());
            String id = kernel.ids().hex("", 32);
            Instant end = kernel.time().now().plus(TOKENS_LAST);
            Blob sealed = kernel.vault().seal(id, pair.privateKey());
            wrappings.put(new Wrapping(id, in.wrappingAlgorithm(), spec, sealed, end));
            String token = kernel.tokens().seal(SCOPE, key.id() + '/' + id + '/' + end.toEpochMilli());
            return new GetParametersForImportResponse()
                    .keyId(ring.arn(key).toString())
                    .importToken(Blob.of(token))
                    .publicKey(pair.publicKey())
                    .parametersValidTo(end);
        });
    }

    @Override
    public ImportKeyMaterialResponse importKeyMaterial(ImportKeyMaterialRequest in) {
        Key key = imported(in.keyId());
        ring.checkAlive(key);
        Optional<Instant> validTo = validTo(in);
        Wrapping wrapping = wrapping(key, in.importToken());
        Blob secret = Unwrapping.of(wrapping.spec(), wrapping.algorithm())
                .unwrap(kernel.vault().open(wrapping.key(), wrapping.sealed()), in.encryptedKeyMaterial())
                .orElseThrow(() -> INVALID_CIPHERTEXT_EXCEPTION.because(""));
        var birth = new Birth(
                Optional.empty(), "", validTo, in.keyMaterialDescription().orElse(""));
        Material material = accept(key, secret, birth, in.importType());
        in.keyMaterialId().filter(id -> !id.equals(material.id())).ifPresent(_ -> {
            throw INCORRECT_KEY_MATERIAL_EXCEPTION.because("The key material is not the one that was named.");
        });
        ring.put(material);
        complete(key, material);
        validTo.ifPresent(end -> kernel.agenda().at(end, KmsService.ID, EXPIRE, key.id()));
        return new ImportKeyMaterialResponse().keyId(ring.arn(key).toString()).keyMaterialId(material.id());
    }

    private Optional<Instant> validTo(ImportKeyMaterialRequest in) {
        boolean expires = in.expirationModel()
                .filter(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE::equals)
                .isEmpty();
        if (expires && in.validTo().isEmpty()) {
            throw Refusals.INVALID.because("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
        }
        if (!expires && in.validTo().isPresent()) {
            throw Refusals.INVALID.because(
                    "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE");
        }
        Instant now = kernel.time().now();
        in.validTo()
                .filter(end -> !end.isAfter(now) || end.isAfter(now.plus(LONGEST)))
                .ifPresent(_ -> {
                    throw Refusals.INVALID.because("The validTo date must be in the future and within 365 days");
                });
        return in.validTo();
    }

    private Wrapping wrapping(Key key, Blob token) {
        String[] parts = kernel.tokens()
                .open(SCOPE, token.utf8())
                .orElseThrow(() -> INVALID_IMPORT_TOKEN_EXCEPTION.because(""))
                .split("/");
        if (!parts[0].equals(key.id())) {
            throw INVALID_IMPORT_TOKEN_EXCEPTION.because("");
        }
        return wrappings.find(parts[1]).orElseThrow(() -> EXPIRED_IMPORT_TOKEN_EXCEPTION.because(""));
    }

    /// The material as it is to be kept: in the place of the same material imported before, or in a new one.
    private Material accept(Key key, Blob secret, Birth birth, Optional<String> type) {
        Spec spec = key.nature().spec();
        Optional<Pairs.Pair> pair = spec.isSymmetric() ? Optional.empty() : Pairs.of(spec, secret);
        if (spec.isSymmetric() ? secret.size() != spec.bits() / 8 : pair.isEmpty()) {
            throw INCORRECT_KEY_MATERIAL_EXCEPTION.because("The key material does not fit a key of %s.", spec);
        }
        Blob kept = pair.map(Pairs.Pair::privateKey).orElse(secret);
        Blob publicKey = pair.map(Pairs.Pair::publicKey).orElse(Blob.EMPTY);
        Optional<Material> known = ring.material(key, KeyRing.id(key.id(), kept));
        boolean fresh = type.filter(ImportType.NEW_KEY_MATERIAL::equals).isPresent();
        if (known.isEmpty() && key.material() > 0 && !(fresh && spec == Spec.SYMMETRIC_DEFAULT)) {
            throw INCORRECT_KEY_MATERIAL_EXCEPTION.because("The key material is not the one that was imported before.");
        }
        long last = ring.materials(key.id())
                .mapToLong(material -> material.key().number())
                .max()
                .orElse(0);
        Place place = known.map(Material::key).orElse(new Place(key.id(), last + 1));
        Birth kind = known.map(Material::birth)
                .map(old -> new Birth(old.current(), old.rotation(), birth.validTo(), birth.description()))
                .orElse(birth);
        return ring.seal(place, kept, publicKey, kind);
    }

    /// A key that has all its material again is enabled.
    private void complete(Key key, Material material) {
        Key with = key.material() == 0 ? key.encryptingWith(material.key().number()) : key;
        boolean complete = ring.materials(key.id()).allMatch(Material::isThere);
        boolean waits = key.status().state() == State.PENDING_IMPORT;
        ring.shelf().put(waits && complete ? with.in(Status.of(State.ENABLED)) : with);
    }

    @Override
    public DeleteImportedKeyMaterialResponse deleteImportedKeyMaterial(DeleteImportedKeyMaterialRequest in) {
        Key key = imported(in.keyId());
        ring.checkAlive(key);
        Optional<Material> material = in.keyMaterialId().isPresent()
                ? Optional.of(ring.material(key, in.keyMaterialId().get())
                        .orElseThrow(() -> NOT_FOUND_EXCEPTION.because(
                                "Key material %s of %s does not exist",
                                in.keyMaterialId().get(), ring.arn(key))))
                : ring.materials(key.id())
                        .filter(each -> each.key().number() == key.material())
                        .findFirst();
        material.ifPresent(each -> forget(key, each));
        return new DeleteImportedKeyMaterialResponse()
                .keyId(ring.arn(key).toString())
                .keyMaterialId(material.map(Material::id).orElse(""));
    }

    /// Material that no rotation has made part of the key yet goes for good, and the key does not miss it.
    private void forget(Key key, Material material) {
        if (material.key().number() > key.material()) {
            ring.remove(material);
            return;
        }
        ring.put(material.forgotten());
        boolean pending = key.status().state().isPendingDeletion();
        if (!pending) {
            ring.shelf().put(key.in(Status.of(State.PENDING_IMPORT)));
        }
    }

    /// Forgets what has expired of the material of a key.
    void expire(String keyId) {
        Instant now = kernel.time().now();
        ring.shelf()
                .find(keyId)
                .ifPresent(key -> ring.materials(keyId)
                        .filter(material -> material.birth()
                                .validTo()
                                .filter(end -> !end.isAfter(now))
                                .isPresent())
                        .forEach(material -> forget(key, material)));
    }
}
