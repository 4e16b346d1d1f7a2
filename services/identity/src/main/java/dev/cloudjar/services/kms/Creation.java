package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.CreateKeyRequest;
import dev.cloudjar.api.Kms.CustomerMasterKeySpec;
import dev.cloudjar.api.Kms.KeySpec;
import dev.cloudjar.api.Kms.OriginType;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Key.Status;
import dev.cloudjar.services.kms.Material.Birth;
import dev.cloudjar.services.kms.Material.Place;
import dev.cloudjar.services.kms.Pairs.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a new key is to be, and how it comes to be, with its first material.
record Creation(Key.Nature nature, String description, String policy, boolean multiRegion) {
    /// What `in` asks for, or KMS's refusal where that cannot be.
    static Creation of(CreateKeyRequest in, KeyRing ring, Instant now) {
        Spec spec = spec(in);
        var nature = new Key.Nature(spec, usage(in, spec), origin(in), false, now);
        return new Creation(
                nature,
                in.description().orElse(""),
                ring.kept(KeyPolicies.checked(in.policy(), in.bypassPolicyLockoutSafetyCheck())),
                in.multiRegion().orElse(false));
    }

    private static Spec spec(CreateKeyRequest in) {
        if (in.keySpec().isPresent() && in.customerMasterKeySpec().isPresent()) {
            throw Refusals.INVALID.because(
                    "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is"
                            + " deprecated.");
        }
        Spec spec = Spec.valueOf(in.keySpec().or(in::customerMasterKeySpec).orElse(KeySpec.SYMMETRIC_DEFAULT));
        if (spec == Spec.SM2 && !Call.current().region().startsWith("cn-")) {
            throw Kms.UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "KeySpec %s is not supported in this Region.", CustomerMasterKeySpec.SM2);
        }
        return spec;
    }

    private static Spec.Usage usage(CreateKeyRequest in, Spec spec) {
        if (in.keyUsage().isEmpty() && spec != Spec.SYMMETRIC_DEFAULT) {
            throw Refusals.INVALID.because(
                    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
        }
        Spec.Usage usage = in.keyUsage().map(Spec.Usage::valueOf).orElse(Spec.Usage.ENCRYPT_DECRYPT);
        if (!spec.allows(usage)) {
            throw Refusals.INVALID.because("KeyUsage %s is not compatible with KeySpec %s", usage, spec);
        }
        return usage;
    }

    private static String origin(CreateKeyRequest in) {
        String origin = in.origin().orElse(OriginType.AWS_KMS);
        boolean stored = origin.equals(OriginType.AWS_CLOUDHSM) || origin.equals(OriginType.EXTERNAL_KEY_STORE);
        if (stored && in.customKeyStoreId().isEmpty()) {
            throw Refusals.INVALID.because("CustomKeyStoreId is required when Origin is %s.", origin);
        }
        if (in.xksKeyId().isPresent() != origin.equals(OriginType.EXTERNAL_KEY_STORE)) {
            throw Refusals.INVALID.because(
                    "XksKeyId is valid, and required, only when Origin is %s.", OriginType.EXTERNAL_KEY_STORE);
        }
        in.customKeyStoreId().ifPresent(id -> {
            throw stored
                    ? KeyStores.missing(id)
                    : Refusals.INVALID.because("CustomKeyStoreId is not valid when Origin is %s.", origin);
        });
        return origin;
    }

    /// The pair of a key that has one: made before the transaction, for it takes its time.
    Optional<Pair> pair() {
        return nature.isImported() || nature.spec().isSymmetric()
                ? Optional.empty()
                : Optional.of(Pairs.generate(nature.spec()));
    }

    Key carryOut(Kernel kernel, KeyRing ring, Optional<Pair> pair, Map<String, String> tags) {
        String id = multiRegion ? kernel.ids().hex("mrk-", 32) : kernel.ids().uuid();
        boolean imported = nature.isImported();
        var key = new Key(
                id,
                nature,
                description,
                policy,
                Status.of(imported ? State.PENDING_IMPORT : State.ENABLED),
                Key.Rotation.NONE,
                multiRegion ? Optional.of(new Key.Regions(Call.current().region(), List.of())) : Optional.empty(),
                imported ? 0 : 1);
        ring.shelf().create(key, tags);
        if (!imported) {
            ring.put(material(kernel, ring, new Place(id, 1), pair));
        }
        return key;
    }

    private Material material(Kernel kernel, KeyRing ring, Place place, Optional<Pair> pair) {
        Birth birth = Birth.first(nature.created());
        return pair.map(both -> ring.seal(place, both.privateKey(), both.publicKey(), birth))
                .orElseGet(() -> ring.seal(place, secret(kernel, nature.spec()), Blob.EMPTY, birth));
    }

    static Blob secret(Kernel kernel, Spec spec) {
        return Blob.of(kernel.ids().bytes(spec.bits() / 8));
    }
}
