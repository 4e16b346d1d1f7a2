package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Recollections;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Identities.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The keys that signed lately and whose they are, good as long as nothing has changed in their account.
/// Temporary ones say by their tokens who holds them.
public final class KnownKeys {
    private static final int MOST = 4096;
    private static final String OF_USERS = "AKIA";
    private static final Duration FINENESS = Duration.ofSeconds(1);

    /// A key, and of a temporary one the token.
    private record Sign(String id, String token) {}

    private record Use(String id, String service, String region) {}

    private record Entry(long generation, Credential credential) {
        String account() {
            return credential.principal().account();
        }
    }

    private final World world;
    private final Recollections<Sign, Optional<Credential>> recalled;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Use, Instant> uses = new ConcurrentHashMap<>();

    public KnownKeys(World world) {
        this.world = world;
        this.recalled = new Recollections<>(world);
    }

    /// The key as IAM has it now.
    public Optional<Credential> find(String id, Optional<String> token) {
        var sign = new Sign(id, id.startsWith(OF_USERS) ? "" : token.orElse(""));
        return recalled.recall(sign)
                .orElseGet(() -> world.asKernel(() -> recalled.learn(
                        sign,
                        () -> world.port(Identities.class).flatMap(port -> read(id, token, port)),
                        Optional::isPresent)));
    }

    private Optional<Credential> read(String id, Optional<String> token, Identities identities) {
        Optional<String> account = id.startsWith(OF_USERS) ? KeyIds.account(id) : Optional.empty();
        if (account.isEmpty()) {
            return identities.credential(id, token);
        }
        Entry known = entries.get(id);
        if (known != null && known.generation() == identities.generation(known.account())) {
            return Optional.of(known.credential());
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
        long generation = identities.generation(account.get());
        Optional<Credential> found = identities.credential(id, token);
        found.ifPresent(credential -> entries.put(id, new Entry(generation, credential)));
        return found;
    }

    /// The key as it was when the request that it signs was let in, a moment ago.
    public Optional<Credential> latest(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::credential);
    }

    /// Whether IAM has been told this very second that the key is used so; from now on it has.
    public boolean isUsed(String id, String service, String region, Instant now) {
        var use = new Use(id, service, region);
        Instant last = uses.get(use);
        boolean told = last != null && !now.isBefore(last) && now.isBefore(last.plus(FINENESS));
        if (!told) {
            if (uses.size() >= MOST) {
                uses.clear();
            }
            uses.put(use, now);
        }
        return told;
    }
}
