package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.kms.Key.Rotation;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Material.Birth;
import dev.cloudjar.services.kms.Material.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// New material for symmetric keys, by the clock or on demand. Old material stays, to decrypt what it encrypted.
final class Rotations implements Kms {
    static final String ROTATE = "rotate";

    private static final int YEAR = 365;
    private static final int MOST_ON_DEMAND = 25;
    private static final int MOST_LISTED = 100;

    private final Kernel kernel;
    private final KeyRing ring;

    Rotations(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
    }

    @Override
    public EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest in) {
        Key key = rotatable(in.keyId());
        int days = in.rotationPeriodInDays()
                .orElse(key.rotation().isEnabled() ? key.rotation().days() : YEAR);
        Instant next = in.rotationPeriodInDays().isEmpty() && key.rotation().isEnabled()
                ? key.rotation().next().orElseThrow()
                : kernel.time().now().plus(Duration.ofDays(days));
        set(key, new Rotation(days, Optional.of(next), key.rotation().onDemand()));
        kernel.agenda().at(next, KmsService.ID, ROTATE, key.id());
        return new EnableKeyRotationResponse();
    }

    @Override
    public DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest in) {
        Key key = rotatable(in.keyId());
        set(key, new Rotation(0, Optional.empty(), key.rotation().onDemand()));
        return new DisableKeyRotationResponse();
    }

    private void set(Key key, Rotation rotation) {
        ring.everywhere(key, each -> each.rotating(rotation));
    }

    /// A key whose material KMS changes by itself, where it is primary.
    private Key rotatable(String keyId) {
        Key key = ring.own(keyId);
        checkSymmetric(key);
        if (!key.nature().origin().equals(OriginType.AWS_KMS)) {
            throw Imports.wrongOrigin(key, ring);
        }
        checkPrimary(key);
        ring.checkEnabled(key);
        return key;
    }

    private void checkSymmetric(Key key) {
        if (key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "%s key spec is %s which is not valid for this operation.",
                    ring.arn(key), key.nature().spec());
        }
    }

    private void checkPrimary(Key key) {
        key.regions()
                .filter(regions -> !regions.primary().equals(Call.current().region()))
                .ifPresent(_ -> {
                    throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                            "%s is a multi-Region replica key, which is not valid for this operation.", ring.arn(key));
                });
    }

    @Override
    public GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest in) {
        Key key = ring.get(in.keyId());
        if (key.nature().managedByAws()) {
            Duration old =
                    Duration.between(key.nature().created(), kernel.time().now());
            return told(key, YEAR)
                    .nextRotationDate(key.nature().created().plus(Duration.ofDays((old.toDays() / YEAR + 1) * YEAR)));
        }
        Rotation rotation = key.status().state().isPendingDeletion() ? Rotation.NONE : key.rotation();
        GetKeyRotationStatusResponse told = told(key, rotation.days());
        return rotation.isEnabled() ? told.nextRotationDate(rotation.next()) : told;
    }

    private GetKeyRotationStatusResponse told(Key key, int days) {
        var told = new GetKeyRotationStatusResponse()
                .keyId(ring.arn(key).toString())
                .keyRotationEnabled(days > 0);
        return days > 0 ? told.rotationPeriodInDays(days) : told;
    }

    @Override
    public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest in) {
        Key key = ring.own(in.keyId());
        checkSymmetric(key);
        checkPrimary(key);
        ring.checkEnabled(key);
        Rotation before = key.rotation();
        if (before.onDemand() >= MOST_ON_DEMAND) {
            throw LIMIT_EXCEEDED_EXCEPTION.because(
                    "The on-demand rotation limit of %d has been reached for %s.", MOST_ON_DEMAND, ring.arn(key));
        }
        if (key.nature().isImported()) {
            takeImported(key);
        } else {
            rotate(key, RotationType.ON_DEMAND);
        }
        Rotation after = new Rotation(before.days(), before.next(), before.onDemand() + 1);
        set(key, after);
        return new RotateKeyOnDemandResponse().keyId(ring.arn(key).toString());
    }

    /// Imported material that is new and complete takes the place of the current one.
    private void takeImported(Key key) {
        Material next = ring.materials(key.id())
                .filter(material -> material.key().number() > key.material() && material.isThere())
                .findFirst()
                .orElseThrow(() -> KMS_INVALID_STATE_EXCEPTION.because(
                        "%s has no imported key material pending rotation.", ring.arn(key)));
        Birth birth = next.birth();
        ring.put(next.born(new Birth(
                Optional.of(kernel.time().now()), RotationType.ON_DEMAND, birth.validTo(), birth.description())));
        ring.shelf().put(key.encryptingWith(next.key().number()));
    }

    private void rotate(Key key, String type) {
        long number = key.material() + 1;
        var birth = new Birth(Optional.of(kernel.time().now()), type, Optional.empty(), "");
        Blob secret = Creation.secret(kernel, key.nature().spec());
        Material made = ring.seal(new Place(key.id(), number), secret, Blob.EMPTY, birth);
        ring.everywhere(key, each -> {
            ring.put(made);
            return each.encryptingWith(number);
        });
    }

    /// What the agenda has done when a rotation is due: nothing where the key is disabled or its rotation was
    /// changed since.
    void rotateWhenDue(String keyId) {
        ring.shelf().find(keyId).filter(this::isDue).ifPresent(key -> {
            rotate(key, RotationType.AUTOMATIC);
            Rotation rotation = key.rotation();
            Instant next = kernel.time().now().plus(Duration.ofDays(rotation.days()));
            set(key, new Rotation(rotation.days(), Optional.of(next), rotation.onDemand()));
            kernel.agenda().at(next, KmsService.ID, ROTATE, keyId);
        });
    }

    private boolean isDue(Key key) {
        return key.status().state() == State.ENABLED
                && key.rotation()
                        .next()
                        .filter(next -> !next.isAfter(kernel.time().now()))
                        .isPresent();
    }

    /// Makes up for a rotation that was due while the key was disabled.
    void resume(Key key) {
        rotateWhenDue(key.id());
    }

    @Override
    public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest in) {
        Key key = ring.get(in.keyId());
        checkSymmetric(key);
        boolean all = in.includeKeyMaterial()
                .filter(IncludeKeyMaterial.ALL_KEY_MATERIAL::equals)
                .isPresent();
        List<Material> materials = ring.materials(key.id())
                .filter(material -> all || !material.birth().rotation().isEmpty())
                .toList();
        Page<RotationsListEntry> page = kernel.tokens()
                .page(
                        KeyLife.paging(in.limit(), MOST_LISTED, in.marker()),
                        key.id() + all,
                        start -> materials.stream()
                                .dropWhile(m ->
                                        start.filter(id -> !id.equals(m.id())).isPresent()),
                        Material::id)
                .map(material -> told(key, material));
        return new ListKeyRotationsResponse()
                .rotations(page.items())
                .truncated(page.next().isPresent())
                .nextMarker(page.next());
    }

    private RotationsListEntry told(Key key, Material material) {
        Birth birth = material.birth();
        long number = material.key().number();
        var entry = new RotationsListEntry()
                .keyId(ring.arn(key).toString())
                .keyMaterialId(material.id())
                .keyMaterialState(
                        number == key.material()
                                ? KeyMaterialState.CURRENT
                                : number > key.material()
                                        ? KeyMaterialState.PENDING_ROTATION
                                        : KeyMaterialState.NON_CURRENT);
        if (!birth.rotation().isEmpty()) {
            entry.rotationDate(birth.current()).rotationType(birth.rotation());
        }
        if (key.nature().isImported()) {
            entry.importState(material.isThere() ? ImportState.IMPORTED : ImportState.PENDING_IMPORT)
                    .expirationModel(Imports.model(birth))
                    .validTo(birth.validTo());
            if (!birth.description().isEmpty()) {
                entry.keyMaterialDescription(birth.description());
            }
        }
        return entry;
    }
}
