package dev.cloudjar.engines.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/// A store in PostgreSQL keeps the same promises as the one in this process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest extends StoreContract {
    private final Database database = new Database();

    @AfterAll
    void stopDatabase() {
        database.close();
    }

    @Override
    protected Store open() {
        return PostgresStore.open(database.url(), _ -> {});
    }

    /// Those who meet too often take turns.
    @Override
    protected void assertContended(int runs) {
        assertThat(runs).isLessThanOrEqualTo(4);
    }
}
