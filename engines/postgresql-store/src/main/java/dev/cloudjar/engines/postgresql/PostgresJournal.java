package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.kernel.store.Versions.Change;
import dev.cloudjar.kernel.store.Versions.Entry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What transactions did, a row each, written with their changes; and the rows as they were before the first
/// that is kept.
///
/// A transaction gets its number in its [Turn]: numbers are in the order of commits, and who sees one sees all
/// before it.
final class PostgresJournal {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS cloudjar_journal (sequence bigint PRIMARY KEY, size int NOT NULL,
                origin bytea NOT NULL, keys bytea[] NOT NULL, afters bytea[] NOT NULL);
            CREATE TABLE IF NOT EXISTS cloudjar_base (k bytea NOT NULL, v bytea NOT NULL);
            CREATE TABLE IF NOT EXISTS cloudjar_base_at (sequence bigint NOT NULL);
            INSERT INTO cloudjar_base_at SELECT 0 WHERE NOT EXISTS (SELECT FROM cloudjar_base_at)
            """;
    /// The number of the last transaction that is seen.
    static final String LAST = "SELECT greatest((SELECT sequence FROM cloudjar_base_at),"
            + " (SELECT max(sequence) FROM cloudjar_journal))";
    /// Numbers go on after those that are there, which an earlier format took from elsewhere.
    private static final String GO_ON =
            "SELECT setval('cloudjar_commits', greatest((" + LAST + "), (SELECT last_value FROM cloudjar_commits)))";
    private static final String BEGIN = """
            DELETE FROM cloudjar_journal;
            DELETE FROM cloudjar_base;
            INSERT INTO cloudjar_base SELECT k, v FROM cloudjar_rows;
            UPDATE cloudjar_base_at SET sequence = nextval('cloudjar_commits')
            """;
    private static final String OLD = "SELECT max(sequence) FROM (SELECT sequence, sum(size) OVER (ORDER BY sequence"
            + " DESC) AS newer FROM cloudjar_journal) AS sized WHERE newer > ?";
    private static final String FOLD = """
            WITH folded AS (DELETE FROM cloudjar_journal WHERE sequence <= ? RETURNING sequence, keys, afters),
                latest AS (SELECT DISTINCT ON (c.k) c.k, c.v FROM folded, unnest(folded.keys, folded.afters) AS c (k, v)
                    ORDER BY c.k, folded.sequence DESC),
                kept AS (INSERT INTO cloudjar_base SELECT k, v FROM latest WHERE v IS NOT NULL
                    ON CONFLICT (%1$s) DO UPDATE SET v = excluded.v),
                gone AS (DELETE FROM cloudjar_base WHERE %2$s = ANY(ARRAY(SELECT %2$s FROM latest WHERE v IS NULL))
                    AND k = ANY(ARRAY(SELECT k FROM latest WHERE v IS NULL)))
            UPDATE cloudjar_base_at SET sequence = ?
            """.formatted(KeyIndex.WHOLE, KeyIndex.head("k"));
    private static final int BATCH = 100;

    private PostgresJournal() {}

    /// Makes the tables where they are not there.
    static void prepare(Connection connection) throws SQLException {
        execute(connection, SCHEMA);
    }

    /// Takes over what an earlier format numbered.
    static void goOn(Connection connection) throws SQLException {
        execute(connection, GO_ON);
    }

    /// Begins anew with the rows as they are now.
    static void begin(Connection connection) throws SQLException {
        execute(connection, BEGIN);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The number of the last transaction that is shown.
    static long last(Connection connection) throws SQLException {
        return number(connection, LAST);
    }

    /// The first transaction to which [#at] can go back.
    static long oldest(Connection connection) throws SQLException {
        return number(connection, "SELECT sequence FROM cloudjar_base_at");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /// All rows as they were after transaction number `sequence`.
    static Version at(Connection connection, long sequence) throws SQLException {
        long oldest = oldest(connection);
        long last = last(connection);
        if (sequence < oldest || sequence > last) {
            throw new IllegalArgumentException("The journal goes from transaction " + oldest + " to " + last
                    + "; it does not show what was after " + sequence + ".");
        }
        var rows = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        Rows.all(connection, "SELECT k, v FROM cloudjar_base", rows::put);
        read(connection, oldest, entry -> {
            if (entry.sequence() <= sequence) {
                entry.changes().forEach(change -> apply(change, rows));
            }
            return entry.sequence() < sequence;
        });
        var builder = new Version.Builder();
        rows.forEach(builder::put);
        return builder.build(sequence);
    }

    private static void apply(Change change, TreeMap<byte[], byte[]> rows) {
        byte[] value = change.value();
        if (value == null) {
            rows.remove(change.key());
        } else {
            rows.put(change.key(), value);
        }
    }

    /// Gives the transactions after number `after` to `each`, as long as it answers true.
    static void read(Connection connection, long after, Predicate<Entry> each) throws SQLException {
        String query =
                "SELECT sequence, origin, keys, afters FROM cloudjar_journal WHERE sequence > ? ORDER BY sequence";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(BATCH);
            select.setLong(1, after);
            try (ResultSet entries = select.executeQuery()) {
                boolean more = true;
                while (more && entries.next()) {
                    more = each.test(entry(entries));
                }
            }
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        byte[][] keys = bytes(row.getArray(3));
        byte[][] afters = bytes(row.getArray(4));
        List<Change> changes = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            changes.add(new Change(keys[i], afters[i]));
        }
        return new Entry(row.getLong(1), row.getBytes(2), changes);
    }

    private static byte[][] bytes(Array array) throws SQLException {
        return (byte[][]) array.getArray();
    }

    /// Puts entries among the rows before the journal, so that those that are left have about `most` bytes.
    static void fold(Connection connection, long most) throws SQLException {
        long upTo;
        try (PreparedStatement select = connection.prepareStatement(OLD)) {
            select.setLong(1, most);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                upTo = found.getLong(1);
            }
        }
        if (upTo > 0) {
            try (PreparedStatement fold = connection.prepareStatement(FOLD)) {
                fold.setLong(1, upTo);
                fold.setLong(2, upTo);
                fold.execute();
            }
        }
    }
}
