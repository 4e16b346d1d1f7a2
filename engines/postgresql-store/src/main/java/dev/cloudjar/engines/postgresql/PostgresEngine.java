package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreEngine;
import java.util.function.Consumer;

/// Opens stores at `jdbc:postgresql:` URLs: PostgreSQL 15 and later.
public final class PostgresEngine implements StoreEngine {
    @Override
    public boolean takes(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    @Override
    public Store open(String url, Consumer<String> report) {
        return PostgresStore.open(url, report);
    }
}
