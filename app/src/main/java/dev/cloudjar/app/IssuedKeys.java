package dev.cloudjar.app;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Identities.Credential;
import dev.cloudjar.kernel.policy.KnownKeys;
import dev.cloudjar.wire.Principals;
import dev.cloudjar.wire.auth.SecretKeys;
import java.time.Instant;
import java.util.Optional;

/// The keys that IAM and STS have issued, and before them the root key. What does not look like an issued key
/// costs no look.
final class IssuedKeys implements SecretKeys, Principals {
    private static final int LENGTH = 20;

    private final World world;
    private final RootKey root;
    private final KnownKeys known;

    IssuedKeys(World world, RootKey root) {
        this.world = world;
        this.root = root;
        this.known = new KnownKeys(world);
    }

    @Override
    public Optional<SecretKey> find(String accessKeyId) {
        return find(accessKeyId, Optional.empty());
    }

    @Override
    public Optional<SecretKey> find(String accessKeyId, Optional<String> token) {
        return root.find(accessKeyId).or(() -> issued(accessKeyId, token).map(credential -> key(credential, token)));
    }

    /// Credentials expire by the world's clock, which signatures do not follow.
    private SecretKey key(Credential credential, Optional<String> token) {
        boolean expired = !world.time().now().isBefore(credential.expires());
        Optional<Instant> end = expired ? Optional.of(Instant.EPOCH) : Optional.empty();
        Optional<String> own = credential.principal().session().isNone() ? Optional.empty() : token;
        return new SecretKey(credential.secret(), own, end, credential.active());
    }

    private Optional<Credential> issued(String accessKeyId, Optional<String> token) {
        boolean looksIssued =
                accessKeyId.length() == LENGTH && (accessKeyId.startsWith("AKIA") || accessKeyId.startsWith("ASIA"));
        return looksIssued ? known.find(accessKeyId, token) : Optional.empty();
    }

    @Override
    public Principal of(String accessKeyId, Optional<String> token) {
        return known.latest(accessKeyId)
                .or(() -> issued(accessKeyId, token))
                .map(Credential::principal)
                .orElseGet(root::principal);
    }

    @Override
    public void used(String accessKeyId, Principal who, String service, String region) {
        if (known.isUsed(accessKeyId, service, region, world.time().now())) {
            return;
        }
        world.port(Identities.class)
                .ifPresent(port -> world.asKernel(() -> {
                    port.used(accessKeyId, who, service, region);
                    return true;
                }));
    }
}
