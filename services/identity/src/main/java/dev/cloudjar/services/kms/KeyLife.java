package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.kms.Key.State;
import dev.cloudjar.services.kms.Key.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keys themselves: made, described, listed, enabled, disabled and deleted when their time has come.
final class KeyLife implements Kms {
    static final String DELETE = "delete";

    private static final int MOST_LISTED = 100;
    private static final int LONGEST_WINDOW = 30;
    private static final int SHORTEST_WINDOW = 7;

    private final Kernel kernel;
    private final KeyRing ring;
    private final Aliases aliases;
    private final Rotations rotations;
    private final Grants grants;

    KeyLife(Kernel kernel, KeyRing ring, Aliases aliases, Rotations rotations, Grants grants) {
        this.kernel = kernel;
        this.ring = ring;
        this.aliases = aliases;
        this.rotations = rotations;
        this.grants = grants;
    }

    @Override
    @OutsideTransaction
    public CreateKeyResponse createKey(CreateKeyRequest in) {
        Creation creation = Creation.of(in, ring, kernel.time().now());
        KeyTags.checkDistinct(in.tags());
        Optional<Pairs.Pair> pair = creation.pair();
        return kernel.transact(() -> new CreateKeyResponse()
                .keyMetadata(ring.metadata(creation.carryOut(kernel, ring, pair, Tags.of(in.tags())))));
    }

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest in) {
        grants.checkTokens(in.grantTokens());
        aliases.makePredefined(in.keyId());
        return new DescribeKeyResponse().keyMetadata(ring.metadata(ring.named(in.keyId())));
    }

    @Override
    public ListKeysResponse listKeys(ListKeysRequest in) {
        Page<Key> page = ring.shelf().page(paging(in.limit(), MOST_LISTED, in.marker()), _ -> true);
        List<KeyListEntry> entries = page.items().stream()
                .map(key ->
                        new KeyListEntry().keyId(key.id()).keyArn(ring.arn(key).toString()))
                .toList();
        return new ListKeysResponse()
                .keys(entries)
                .truncated(page.next().isPresent())
                .nextMarker(page.next());
    }

    /// A page of at most `limit`, or as many as the operation gives by itself.
    static Paging paging(Optional<Integer> limit, int most, Optional<String> marker) {
        return new Paging(
                limit.orElse(most),
                marker,
                () -> INVALID_MARKER_EXCEPTION.because("Could not deserialize marker '%s'", marker.orElse("")));
    }

    @Override
    public EnableKeyResponse enableKey(EnableKeyRequest in) {
        change(in.keyId(), State.ENABLED);
        rotations.resume(ring.get(in.keyId()));
        return new EnableKeyResponse();
    }

    @Override
    public DisableKeyResponse disableKey(DisableKeyRequest in) {
        change(in.keyId(), State.DISABLED);
        return new DisableKeyResponse();
    }

    private void change(String keyId, State to) {
        Key key = ring.alive(keyId);
        if (key.status().state() == State.PENDING_IMPORT) {
            throw ring.invalidState(key, State.PENDING_IMPORT);
        }
        ring.shelf().put(key.in(Status.of(to)));
    }

    @Override
    public UpdateKeyDescriptionResponse updateKeyDescription(UpdateKeyDescriptionRequest in) {
        ring.shelf().put(ring.alive(in.keyId()).described(in.description()));
        return new UpdateKeyDescriptionResponse();
    }

    @Override
    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest in) {
        Key key = ring.alive(in.keyId());
        int days = in.pendingWindowInDays().orElse(LONGEST_WINDOW);
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw Refusals.INVALID.because(
                    "PendingWindowInDays must be between %d and %d.", SHORTEST_WINDOW, LONGEST_WINDOW);
        }
        boolean waits = key.regions()
                .filter(regions -> regions.primary().equals(Call.current().region()))
                .filter(regions -> !regions.replicas().isEmpty())
                .isPresent();
        Status status =
                waits ? new Status(State.PENDING_REPLICA_DELETION, Optional.empty(), days) : deletion(key.id(), days);
        ring.shelf().put(key.in(status));
        return new ScheduleKeyDeletionResponse()
                .keyId(ring.arn(key).toString())
                .deletionDate(status.deletion())
                .keyState(status.state().wire())
                .pendingWindowInDays(days);
    }

    private Status deletion(String keyId, int days) {
        Instant at = kernel.time().now().plus(Duration.ofDays(days));
        kernel.agenda().at(at, KmsService.ID, DELETE, keyId);
        return new Status(State.PENDING_DELETION, Optional.of(at), days);
    }

    @Override
    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest in) {
        Key key = ring.own(in.keyId());
        if (!key.status().state().isPendingDeletion()) {
            throw KMS_INVALID_STATE_EXCEPTION.because("%s is not pending deletion.", ring.arn(key));
        }
        boolean incomplete = key.nature().isImported()
                && (key.material() == 0 || !ring.materials(key.id()).allMatch(Material::isThere));
        ring.shelf().put(key.in(Status.of(incomplete ? State.PENDING_IMPORT : State.DISABLED)));
        return new CancelKeyDeletionResponse().keyId(ring.arn(key).toString());
    }

    /// The end of a key, unless its deletion was cancelled or put off. A primary key that waited for its last
    /// replica begins to wait for itself.
    void delete(String keyId) {
        ring.shelf()
                .find(keyId)
                .filter(key -> key.status()
                        .deletion()
                        .filter(at -> !at.isAfter(kernel.time().now()))
                        .isPresent())
                .ifPresent(key -> {
                    aliases.forget(keyId);
                    grants.forget(keyId);
                    ring.materials(keyId).forEach(ring::remove);
                    ring.shelf().remove(keyId);
                    key.regions().ifPresent(regions -> leave(key, regions));
                });
    }

    private void leave(Key gone, Key.Regions regions) {
        String here = Call.current().region();
        List<String> rest = regions.replicas().stream()
                .filter(region -> !region.equals(here))
                .toList();
        ring.everywhere(gone, key -> key.across(new Key.Regions(regions.primary(), rest)));
        if (rest.isEmpty() && !regions.primary().equals(here)) {
            ring.in(
                    regions.primary(),
                    () -> ring.shelf()
                            .find(gone.id())
                            .filter(key -> key.status().state() == State.PENDING_REPLICA_DELETION)
                            .map(key -> ring.shelf()
                                    .put(key.in(deletion(key.id(), key.status().window())))));
        }
    }
}
