package dev.cloudjar.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The clients that were made for a cloud, one of each kind for an account and region. Where the AWS SDK is not
/// on the class path, nobody asks for one.
final class Clients implements AutoCloseable {
    private record Key(Class<?> type, String key, String region) {}

    private final Running running;
    private final Map<Key, Object> made = new ConcurrentHashMap<>();

    Clients(Running running) {
        this.running = running;
    }

    <C> C get(Class<C> type, Account account) {
        var key = new Key(type, account.accessKeyId(), account.region());
        return type.cast(made.computeIfAbsent(key, k -> Sdk.client(type, running, account)));
    }

    void configure(Object builder, Account account) {
        Sdk.configure(builder, running, account);
    }

    @Override
    public void close() {
        made.values().forEach(Sdk::close);
        made.clear();
    }
}
