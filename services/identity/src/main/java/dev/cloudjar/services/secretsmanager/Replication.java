package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.services.secretsmanager.Secret.Regions;
import dev.cloudjar.services.secretsmanager.Secret.Regions.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies of secrets in other regions, which follow the primary one until they are made secrets of their own.
final class Replication implements SecretsManager {
    private final Secrets secrets;

    Replication(Secrets secrets) {
        this.secrets = secrets;
    }

    static List<String> regions(Secret secret) {
        return secret.regions().map(Regions::replicas).orElse(List.of()).stream()
                .map(Replica::region)
                .toList();
    }

    static List<ReplicationStatusType> status(Secret secret) {
        return secret.regions().map(Regions::replicas).orElse(List.of()).stream()
                .map(replica -> new ReplicationStatusType()
                        .region(replica.region())
                        .kmsKeyId(replica.kmsKeyId().isEmpty() ? Safe.KEY_OF_AWS : replica.kmsKeyId())
                        .status(StatusType.IN_SYNC))
                .toList();
    }

    @Override
    public ReplicateSecretToRegionsResponse replicateSecretToRegions(ReplicateSecretToRegionsRequest in) {
        Secret secret = secrets.primary(in.secretId());
        Secret spread = add(secret, in.addReplicaRegions(), in.forceOverwriteReplicaSecret());
        return new ReplicateSecretToRegionsResponse().arn(secrets.arn(spread)).replicationStatus(status(spread));
    }

    Secret add(Secret secret, List<ReplicaRegionType> asked, Optional<Boolean> overwrite) {
        String here = Call.current().region();
        List<Replica> all =
                new ArrayList<>(secret.regions().map(Regions::replicas).orElse(List.of()));
        List<Replica> added = asked.stream()
                .map(each ->
                        new Replica(each.region().orElse(""), each.kmsKeyId().orElse("")))
                .toList();
        for (Replica replica : added) {
            if (!dev.cloudjar.kernel.Regions.exists(replica.region())) {
                throw INVALID_PARAMETER_EXCEPTION.because(
                        "Invalid replica region: %s is not a region.", replica.region());
            }
            boolean twice = all.stream().anyMatch(each -> each.region().equals(replica.region()));
            if (replica.region().equals(here) || twice) {
                throw INVALID_PARAMETER_EXCEPTION.because(
                        "Invalid replica region: the secret is already in %s.", replica.region());
            }
            free(secret, replica.region(), overwrite.orElse(false));
            all.add(replica);
        }
        Secret spread = secret.in(Optional.of(new Regions(here, all)));
        added.forEach(replica -> secrets.copyTo(spread, replica));
        return secrets.put(spread);
    }

    /// Makes room in a region where another secret has the name.
    private void free(Secret secret, String region, boolean overwrite) {
        secrets.in(region, () -> secrets.id(secret.name())).ifPresent(id -> {
            if (!overwrite) {
                throw INVALID_REQUEST_EXCEPTION.because(
                        "Replication failed: Secret name %s already exists in region %s.", secret.name(), region);
            }
            secrets.in(region, () -> {
                secrets.remove(secrets.shelf().get(id));
                return true;
            });
        });
    }

    @Override
    public RemoveRegionsFromReplicationResponse removeRegionsFromReplication(RemoveRegionsFromReplicationRequest in) {
        Secret secret = secrets.primary(in.secretId());
        List<Replica> all = secret.regions().map(Regions::replicas).orElse(List.of());
        for (String region : in.removeReplicaRegions()) {
            if (all.stream().noneMatch(each -> each.region().equals(region))) {
                throw INVALID_PARAMETER_EXCEPTION.because("The secret has no replica in region %s.", region);
            }
            secrets.in(region, () -> {
                secrets.shelf().find(secret.id()).ifPresent(secrets::remove);
                return true;
            });
        }
        Secret rest = without(secret, in.removeReplicaRegions());
        return new RemoveRegionsFromReplicationResponse().arn(secrets.arn(rest)).replicationStatus(status(rest));
    }

    private Secret without(Secret secret, List<String> regions) {
        Regions old = secret.regions().orElseThrow();
        List<Replica> rest = old.replicas().stream()
                .filter(each -> !regions.contains(each.region()))
                .toList();
        return secrets.put(secret.in(Optional.of(new Regions(old.primary(), rest))));
    }

    @Override
    public StopReplicationToReplicaResponse stopReplicationToReplica(StopReplicationToReplicaRequest in) {
        Secret replica = secrets.alive(in.secretId());
        if (!secrets.isReplica(replica)) {
            throw INVALID_REQUEST_EXCEPTION.because(
                    "Operation not permitted on a primary secret. Call must be made in" + " replica secret's region.");
        }
        String here = Call.current().region();
        String primary = replica.regions().orElseThrow().primary();
        secrets.in(primary, () -> without(secrets.shelf().get(replica.id()), List.of(here)));
        secrets.put(secrets.shelf().get(replica.id()).in(Optional.empty()));
        return new StopReplicationToReplicaResponse().arn(secrets.arn(replica));
    }
}
