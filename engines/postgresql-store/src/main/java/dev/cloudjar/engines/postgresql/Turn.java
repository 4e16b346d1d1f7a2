package dev.cloudjar.engines.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commits of all nodes take turns, and in its turn a transaction is held against what was committed since the
/// moment that it read: who read a key that another has written since is refused.
///
/// The turn is a lock upon a table that has nothing in it. Such a lock comes before the moment that a transaction
/// sees, so who has it sees all that was committed before.
final class Turn {
    private static final String TABLE = "cloudjar_turn";

    /// What is said first to have the turn until the transaction ends.
    static final String TAKE = "LOCK TABLE " + TABLE + " IN EXCLUSIVE MODE";

    static final String SCHEMA = "CREATE TABLE IF NOT EXISTS " + TABLE + " ()";

    /// Keeps the number of the last commit that the transaction can have seen.
    private static final String SEEN =
            "SELECT set_config('cloudjar.seen', (" + PostgresJournal.LAST + ")::text, false); ";

    private static final String COME = "COMMIT; BEGIN ISOLATION LEVEL READ COMMITTED; " + TAKE + "; ";

    /// Keys that were written since are put to the stretches that were read. That the rows before the journal
    /// have come to be later ones means that of what happened since something is not told any more.
    private static final String WRITE = """
            WITH changed (k, v) AS MATERIALIZED (SELECT * FROM unnest(?::bytea[], ?::bytea[]) WHERE NOT EXISTS (
                    SELECT FROM cloudjar_journal AS since, unnest(since.keys) AS written (k),
                        unnest(?::bytea[], ?::bytea[]) AS stretch (start, ending)
                    WHERE since.sequence > current_setting('cloudjar.seen')::bigint
                        AND written.k >= stretch.start AND written.k < stretch.ending)
                    AND NOT EXISTS (SELECT FROM cloudjar_base_at
                        WHERE sequence > current_setting('cloudjar.seen')::bigint)),
                noted AS (INSERT INTO cloudjar_journal (sequence, size, origin, keys, afters)
                    SELECT nextval('cloudjar_commits'), ?, ?, array_agg(k), array_agg(v) FROM changed
                    HAVING count(*) > 0 RETURNING sequence),
                kept AS (INSERT INTO cloudjar_rows (k, v) SELECT k, v FROM changed WHERE v IS NOT NULL
                    ON CONFLICT (%1$s) DO UPDATE SET v = excluded.v),
                gone AS (DELETE FROM cloudjar_rows WHERE %2$s = ANY(ARRAY(SELECT %2$s FROM changed WHERE v IS NULL))
                    AND k = ANY(ARRAY(SELECT k FROM changed WHERE v IS NULL)))
            SELECT sequence, pg_notify('cloudjar', ?) FROM noted; COMMIT
            """.formatted(KeyIndex.WHOLE, KeyIndex.head("k"));

    private Turn() {}

    /// Has the transaction, which has read nothing yet, run while nobody else commits.
    static void take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE);
        }
    }

    /// What a transaction leaves behind: the keys that it changed, each with its value or null where it is
    /// gone; what it read; who it was; and what other nodes are told.
    record Changes(List<byte[]> keys, List<byte @Nullable []> values, Stretches read, byte[] origin, String note) {
        int size() {
            return origin.length + lengths(keys) + lengths(values);
        }

        private static int lengths(List<? extends byte @Nullable []> arrays) {
            return arrays.stream()
                    .mapToInt(array -> array == null ? 0 : array.length)
                    .sum();
        }
    }

    /// Ends a transaction with its changes, in one round trip. False where what it read was changed since: then
    /// nothing is.
    static boolean commit(Connection connection, boolean taken, Changes changes) throws SQLException {
        try (PreparedStatement commit = connection.prepareStatement(SEEN + (taken ? "" : COME) + WRITE)) {
            commit.setArray(1, bytes(connection, changes.keys()));
            commit.setArray(2, bytes(connection, changes.values()));
            commit.setArray(3, bytes(connection, changes.read().starts()));
            commit.setArray(4, bytes(connection, changes.read().ends()));
            commit.setInt(5, changes.size());
            commit.setBytes(6, changes.origin());
            commit.setString(7, changes.note());
            return isNoted(commit);
        }
    }

    private static Array bytes(Connection connection, List<? extends byte @Nullable []> values) throws SQLException {
        return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
    }

    /// Whether the last of the statements that answer something answered a row.
    private static boolean isNoted(PreparedStatement statements) throws SQLException {
        boolean noted = false;
        for (boolean rows = statements.execute();
                rows || statements.getUpdateCount() >= 0;
                rows = statements.getMoreResults()) {
            if (rows) {
                noted = statements.getResultSet().next();
            }
        }
        return noted;
    }
}
