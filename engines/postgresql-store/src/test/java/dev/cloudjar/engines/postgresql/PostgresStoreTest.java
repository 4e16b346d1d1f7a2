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

    /// The database lets a reader commit as if it had come before the change, where nothing contradicts that.
    @Override
    protected void assertDisturbed(int runs) {
        assertThat(runs).isPositive();
    }

    /// The database may take a neighbour's change for a disturbance; it never overlooks one.
    @Override
    protected void assertUndisturbed(int runs) {
        assertThat(runs).isPositive();
    }

    /// Those who meet wait and try again, each time longer; after 200 tries they would be refused.
    @Override
    protected void assertContended(int runs) {
        assertThat(runs).isLessThan(200);
    }
}
