package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.policy.Identities.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The keys of users that signed lately and whose they are, good as long as nothing has changed in their account.
/// Temporary ones say themselves who holds them.
public final class KnownKeys {
    private static final int MOST = 4096;
    private static final String OF_USERS = "AKIA";
    private static final Duration FINENESS = Duration.ofSeconds(1);

    private record Use(String service, String region) {}

    private record Entry(long generation, Credential credential, Map<Use, Instant> uses) {
        String account() {
            return credential.principal().account();
        }
    }

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /// The key as IAM has it now.
    public Optional<Credential> find(String id, Optional<String> token, Identities identities) {
        Entry known = entries.get(id);
        if (known != null && known.generation() == identities.generation(known.account())) {
            return Optional.of(known.credential());
        }
        Optional<String> account = id.startsWith(OF_USERS) ? KeyIds.account(id) : Optional.empty();
        if (account.isEmpty()) {
            return identities.credential(id, token);
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
        long generation = identities.generation(account.get());
        Optional<Credential> found = identities.credential(id, token);
        found.ifPresent(credential -> entries.put(id, new Entry(generation, credential, new ConcurrentHashMap<>())));
        return found;
    }

    /// The key as it was when the request that it signs was let in, a moment ago.
    public Optional<Credential> latest(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::credential);
    }

    /// Whether IAM has been told this very second that the key is used so; from now on it has.
    public boolean isUsed(String id, String service, String region, Instant now) {
        Entry known = entries.get(id);
        if (known == null) {
            return false;
        }
        var use = new Use(service, region);
        Instant last = known.uses().get(use);
        boolean told = last != null && !now.isBefore(last) && now.isBefore(last.plus(FINENESS));
        if (!told) {
            known.uses().put(use, now);
        }
        return told;
    }
}
