package dev.cloudjar.engines.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.VersionsContract;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A store in PostgreSQL has versions, a past and a journal as the one in this process has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresVersionsTest extends VersionsContract {
    private final Database database = new Database();

    @AfterAll
    void stopDatabase() {
        database.close();
    }

    @Override
    protected Store open() {
        return open(database.url());
    }

    private static PostgresStore open(String url) {
        return PostgresStore.open(url, _ -> {});
    }

    private static void put(Store store, String key, String value) {
        long before = store.sequence();
        store.transact(Store.Origin.NONE, tx -> {
            tx.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
            return true;
        });
        while (store.sequence() <= before) {
            Thread.yield();
        }
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /// What is put among the rows before the journal is still what later versions are made of.
    @Test
    void aJournalThatWasShortenedShowsTheRestOfThePast() throws SQLException {
        String url = database.url();
        Map<Long, String> digests = new HashMap<>();
        try (PostgresStore store = open(url)) {
            for (int i = 0; i < 30; i++) {
                put(store, "key " + i % 7, "value " + i);
                if (i % 5 == 0) {
                    store.transact(Store.Origin.NONE, tx -> {
                        tx.delete("key 3".getBytes(StandardCharsets.UTF_8));
                        return true;
                    });
                }
                digests.put(store.sequence(), store.versions().now().digest());
            }
            long before = store.versions().oldest();
            try (Connection connection = DriverManager.getConnection(url)) {
                PostgresJournal.fold(connection, 200);
            }

            long oldest = store.versions().oldest();
            assertThat(oldest).isGreaterThan(before);
            digests.keySet().removeIf(sequence -> sequence < oldest);
            assertThat(digests).hasSizeBetween(2, 29);
            digests.forEach((sequence, digest) ->
                    assertThat(store.versions().at(sequence).digest()).isEqualTo(digest));
            assertThatThrownBy(() -> store.versions().at(before)).hasMessageContaining("from transaction " + oldest);
        }
    }

    @Test
    void theJournalOfAStoreThatHadNoneBeginsWithItsRows() throws SQLException {
        String url = database.url();
        execute(
                url,
                "CREATE TABLE cloudjar_rows (k bytea PRIMARY KEY, v bytea NOT NULL)",
                "CREATE TABLE cloudjar_format (version int PRIMARY KEY)",
                "CREATE SEQUENCE cloudjar_commits",
                "INSERT INTO cloudjar_format VALUES (1)",
                "INSERT INTO cloudjar_rows VALUES ('old', '1')");

        try (PostgresStore store = open(url)) {
            String digest = store.versions().now().digest();
            long oldest = store.versions().oldest();
            put(store, "new", "1");

            assertThat(oldest).isPositive();
            assertThat(store.versions().oldest()).isEqualTo(oldest);
            assertThat(store.versions().at(oldest).digest()).isEqualTo(digest);
        }
    }

    /// The third format had numbers that ran ahead of the count of commits.
    @Test
    void numbersGoOnAfterThoseOfAnEarlierFormat() throws SQLException {
        String url = database.url();
        long before;
        String digest;
        try (PostgresStore store = open(url)) {
            put(store, "old", "1");
            before = store.sequence() + 1_000_000;
            digest = store.versions().now().digest();
        }
        execute(
                url,
                "UPDATE cloudjar_journal SET sequence = sequence + 1000000",
                "UPDATE cloudjar_format SET version = 3");

        try (PostgresStore store = open(url)) {
            put(store, "new", "1");

            assertThat(store.sequence()).isGreaterThan(before);
            assertThat(store.versions().at(before).digest()).isEqualTo(digest);
            assertThat(store.versions().now().rows()).isEqualTo(2);
        }
    }

    @Test
    void tablesOfALaterFormatAreLeftAlone() throws SQLException {
        String url = database.url();
        open(url).close();
        execute(url, "UPDATE cloudjar_format SET version = 5");

        assertThatThrownBy(() -> open(url)).hasMessageContaining("format 5");
    }
}
