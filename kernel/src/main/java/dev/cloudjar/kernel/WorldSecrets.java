package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.time.Instant;

/// Secrets of the world itself, made when it is first opened, which is when the world began.
final class WorldSecrets {
    private static final int LENGTH = 32;

    record Secret(String key, Blob bytes, Instant made) implements Row<String> {}

    private final Transactions transactions;
    private final Table<String, Secret> secrets;
    private final Ids ids;
    private final Instant now;

    /// A world that is made `now`, unless it is there already. One with a seed has no beginning of its own, so
    /// that it is the same each time.
    WorldSecrets(Transactions transactions, Ids ids, Instant now) {
        this.transactions = transactions;
        this.secrets = new Table<>(transactions, "kernel.secrets", Secret.class, Scope.WORLD);
        this.ids = ids;
        this.now = now;
    }

    Blob of(String name) {
        return secret(name).bytes();
    }

    /// Calls `changed` when others may stand there.
    void watch(Runnable changed) {
        secrets.watch(changed);
    }

    Instant began() {
        return secret("tokens").made();
    }

    private Secret secret(String name) {
        return transactions.run(() ->
                secrets.find(name).orElseGet(() -> secrets.put(new Secret(name, Blob.of(ids.bytes(LENGTH)), now))));
    }
}
