package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.kms.Key.Regions;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Key.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Multi-Region keys: the same id and material in other regions, each with a policy, description and state of its
/// own.
final class Replicas implements Kms {
    private final Kernel kernel;
    private final KeyRing ring;

    Replicas(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
    }

    private Key primary(String name) {
        Key key = ring.own(name);
        Regions regions = key.regions()
                .orElseThrow(() -> UNSUPPORTED_OPERATION_EXCEPTION.because(
                        "%s is not a multi-Region key, which is not valid for this operation.", ring.arn(key)));
        if (!regions.primary().equals(Call.current().region())) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "%s is not a multi-Region primary key, which is not valid for this operation.", ring.arn(key));
        }
        return key;
    }

    @Override
    public ReplicateKeyResponse replicateKey(ReplicateKeyRequest in) {
        Key key = primary(in.keyId());
        ring.checkEnabled(key);
        String region = in.replicaRegion();
        Regions regions = key.regions().orElseThrow();
        if (!dev.cloudjar.kernel.Regions.exists(region)) {
            throw Refusals.INVALID.because("Region %s does not exist.", region);
        }
        if (!Arn.partition(region).equals(Arn.partition(regions.primary()))) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "Region %s is in another partition than %s.", region, ring.arn(key));
        }
        if (region.equals(regions.primary()) || regions.replicas().contains(region)) {
            throw ALREADY_EXISTS_EXCEPTION.because(
                    "Key %s already exists.",
                    ring.arn(key).in(region, Call.current().account()));
        }
        KeyTags.checkDistinct(in.tags());
        String policy = ring.kept(KeyPolicies.checked(in.policy(), in.bypassPolicyLockoutSafetyCheck()));
        List<String> all = new ArrayList<>(regions.replicas());
        all.add(region);
        ring.everywhere(key, each -> each.across(new Regions(regions.primary(), all)));
        return ring.in(region, () -> copy(ring.in(regions.primary(), () -> ring.get(key.id())), in, policy));
    }

    private ReplicateKeyResponse copy(Key key, ReplicateKeyRequest in, String policy) {
        boolean imported = key.nature().isImported();
        var nature = new Key.Nature(
                key.nature().spec(),
                key.nature().usage(),
                key.nature().origin(),
                false,
                kernel.time().now());
        var replica = new Key(
                key.id(),
                nature,
                in.description().orElse(""),
                policy,
                Status.of(imported ? State.PENDING_IMPORT : State.ENABLED),
                key.rotation(),
                key.regions(),
                key.material());
        Map<String, String> tags = Tags.of(in.tags());
        ring.shelf().create(replica, tags);
        String primary = key.regions().map(Regions::primary).orElseThrow();
        ring.in(primary, () -> ring.materials(key.id()).toList())
                .forEach(material -> ring.put(imported ? material.forgotten() : material));
        return new ReplicateKeyResponse()
                .replicaKeyMetadata(ring.metadata(replica))
                .replicaPolicy(policy)
                .replicaTags(Tags.as(tags, Tag::new));
    }

    @Override
    public UpdatePrimaryRegionResponse updatePrimaryRegion(UpdatePrimaryRegionRequest in) {
        Key key = primary(in.keyId());
        ring.checkEnabled(key);
        Regions before = key.regions().orElseThrow();
        String region = in.primaryRegion();
        if (region.equals(before.primary())) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "%s is already the primary key in Region %s.", ring.arn(key), region);
        }
        Optional<Key> next = ring.in(region, () -> ring.shelf().find(key.id()));
        if (next.isEmpty()) {
            throw Key.KIND.missing().apply(key.id());
        }
        ring.in(region, () -> {
            ring.checkEnabled(next.get());
            return true;
        });
        List<String> replicas = new ArrayList<>(before.replicas());
        replicas.remove(region);
        replicas.add(before.primary());
        ring.everywhere(key, each -> each.across(new Regions(region, replicas)));
        key.rotation()
                .next()
                .ifPresent(at -> ring.in(region, () -> {
                    kernel.agenda().at(at, KmsService.ID, Rotations.ROTATE, key.id());
                    return true;
                }));
        return new UpdatePrimaryRegionResponse();
    }
}
