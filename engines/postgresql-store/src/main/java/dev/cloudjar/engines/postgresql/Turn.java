package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commits of all nodes take turns, and in its turn a transaction is held against what was committed since the
/// moment that it read: who read a key that another has written since changes nothing.
///
/// The turn is a lock upon a table that has nothing in it. Such a lock comes before the moment that a transaction
/// sees, so who has it sees all that was committed before.
final class Turn {
    private static final String TABLE = "cloudjar_turn";

    /// What is said first to have the turn until the transaction ends.
    static final String TAKE = "LOCK TABLE " + TABLE + " IN EXCLUSIVE MODE";

    static final String SCHEMA = "CREATE TABLE IF NOT EXISTS " + TABLE + " ()";

    /// Keys that were written since are put to the stretches that were read. Where rows before the journal have
    /// come to be later ones, something that happened since is not told any more.
    private static final String WRITE = """
            WITH tx (n, seen, size, origin, note) AS MATERIALIZED (
                    SELECT * FROM unnest(?::int[], ?::bigint[], ?::int[], ?::bytea[], ?::text[])),
                met (n) AS MATERIALIZED (
                    SELECT n FROM tx WHERE seen < (SELECT sequence FROM cloudjar_base_at)
                    UNION SELECT tx.n FROM cloudjar_journal AS since, unnest(since.keys) AS written (k),
                        unnest(?::int[], ?::bytea[], ?::bytea[]) AS stretch (n, start, ending) JOIN tx USING (n)
                    WHERE since.sequence > (SELECT min(seen) FROM tx) AND since.sequence > tx.seen
                        AND written.k >= stretch.start AND written.k < stretch.ending),
                changed (n, k, v) AS MATERIALIZED (SELECT * FROM unnest(?::int[], ?::bytea[], ?::bytea[]) AS c (n, k, v)
                    WHERE NOT EXISTS (SELECT FROM met WHERE met.n = c.n)),
                noted AS (INSERT INTO cloudjar_journal (sequence, size, origin, keys, afters)
                    SELECT nextval('cloudjar_commits'), size, origin, keys, afters FROM (
                        SELECT n, array_agg(k) AS keys, array_agg(v) AS afters FROM changed GROUP BY n ORDER BY n) AS whole
                        JOIN tx USING (n) ORDER BY n),
                kept AS (INSERT INTO cloudjar_rows (k, v) SELECT k, v FROM changed WHERE v IS NOT NULL
                    ON CONFLICT (%1$s) DO UPDATE SET v = excluded.v),
                gone AS (DELETE FROM cloudjar_rows WHERE %2$s = ANY(ARRAY(SELECT %2$s FROM changed WHERE v IS NULL))
                    AND k = ANY(ARRAY(SELECT k FROM changed WHERE v IS NULL)))
            SELECT n, pg_notify('cloudjar', note) FROM tx WHERE NOT EXISTS (SELECT FROM met WHERE met.n = tx.n); COMMIT
            """.formatted(KeyIndex.WHOLE, KeyIndex.head("k"));

    private Turn() {}

    /// What a transaction leaves behind: the keys that it changed, each with its value or null where it is
    /// gone; what it read, and the last commit that it can have seen; who it was; and what other nodes are
    /// told.
    record Changes(
            List<byte[]> keys, List<byte @Nullable []> values, Stretches read, long seen, byte[] origin, String note) {
        int size() {
            return origin.length + lengths(keys) + lengths(values);
        }

        private static int lengths(List<? extends byte @Nullable []> arrays) {
            return arrays.stream()
                    .mapToInt(array -> array == null ? 0 : array.length)
                    .sum();
        }
    }

    /// Has the transaction, which has read nothing yet, run while nobody else commits.
    static void take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE);
        }
    }

    /// The number of the last commit that the transaction can have seen. Unless it has the turn, it ends with
    /// that.
    static long seen(Connection connection, boolean taken) throws SQLException {
        String select = PostgresJournal.LAST + (taken ? "" : "; COMMIT");
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.execute();
            ResultSet last = statement.getResultSet();
            last.next();
            return last.getLong(1);
        }
    }

    /// Writes what transactions changed that do not meet one another, and commits, in one round trip. Answers
    /// the positions of those that it wrote: of what they have read nothing was changed. The turn is taken
    /// first, unless it has been.
    static Set<Integer> write(Connection connection, boolean taken, List<Changes> all) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement((taken ? "" : TAKE + "; ") + WRITE)) {
            var parameters = new Parameters(connection, write, all);
            parameters.add("int4", (n, _) -> List.of(n));
            parameters.add("int8", (_, tx) -> List.of(tx.seen()));
            parameters.add("int4", (_, tx) -> List.of(tx.size()));
            parameters.addBytes((_, tx) -> List.of(tx.origin()));
            parameters.add("text", (_, tx) -> List.of(tx.note()));
            parameters.add(
                    "int4", (n, tx) -> Collections.nCopies(tx.read().starts().size(), n));
            parameters.addBytes((_, tx) -> tx.read().starts());
            parameters.addBytes((_, tx) -> tx.read().ends());
            parameters.add("int4", (n, tx) -> Collections.nCopies(tx.keys().size(), n));
            parameters.addBytes((_, tx) -> tx.keys());
            parameters.addBytes((_, tx) -> tx.values());
            return written(write);
        } catch (SQLException e) {
            if (PostgresStore.isLost(e)) {
                throw new StoreException(
                        "The database was lost while it committed; whether it did is not known: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /// The numbers in the only answer with rows.
    private static Set<Integer> written(PreparedStatement statements) throws SQLException {
        Set<Integer> written = new HashSet<>();
        for (boolean rows = statements.execute();
                rows || statements.getUpdateCount() >= 0;
                rows = statements.getMoreResults()) {
            if (rows) {
                ResultSet answer = statements.getResultSet();
                while (answer.next()) {
                    written.add(answer.getInt(1));
                }
            }
        }
        return written;
    }

    /// What one transaction has to a parameter, which is an array of what all have.
    @FunctionalInterface
    private interface Each<T extends @Nullable Object> {
        List<? extends T> of(int position, Changes tx);
    }

    /// The parameters of a statement in their order.
    private static final class Parameters {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Changes> all;
        private int count;

        Parameters(Connection connection, PreparedStatement statement, List<Changes> all) {
            this.connection = connection;
            this.statement = statement;
            this.all = all;
        }

        void add(String type, Each<Object> each) throws SQLException {
            set(type, gathered(each).toArray());
        }

        void addBytes(Each<byte @Nullable []> each) throws SQLException {
            set("bytea", gathered(each).toArray(byte[][]::new));
        }

        private void set(String type, Object[] array) throws SQLException {
            statement.setArray(++count, connection.createArrayOf(type, array));
        }

        private <T extends @Nullable Object> List<T> gathered(Each<T> each) {
            List<T> gathered = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                gathered.addAll(each.of(i, all.get(i)));
            }
            return gathered;
        }
    }
}
