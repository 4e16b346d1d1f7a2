package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.kernel.store.Versions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// The versions of a store in a database. A named one is a copy, which the database makes by itself; one that is
/// looked at comes into the memory of the node. All is read from one moment of the database, and nobody waits for
/// it but while a version is loaded.
final class PostgresVersions implements Versions {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS cloudjar_snapshots (name text PRIMARY KEY,
                id bigint GENERATED ALWAYS AS IDENTITY, sequence bigint NOT NULL, rows bigint NOT NULL,
                bytes bigint NOT NULL, note text NOT NULL);
            CREATE TABLE IF NOT EXISTS cloudjar_snapshot_rows (id bigint NOT NULL, k bytea NOT NULL, v bytea NOT NULL)
            """;
    private static final String STEADY =
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL enable_seqscan = on";
    private static final String COPY = """
            INSERT INTO cloudjar_snapshot_rows SELECT %1$d, k, v FROM cloudjar_rows;
            UPDATE cloudjar_snapshots SET (rows, bytes) = (SELECT count(*), coalesce(sum(length(k) + length(v)), 0)
                FROM cloudjar_snapshot_rows WHERE id = %1$d) WHERE id = %1$d
            """;
    private static final String INSERT =
            "INSERT INTO cloudjar_snapshot_rows SELECT %d, * FROM" + " unnest(?::bytea[], ?::bytea[])";
    private static final String SAVED = "SELECT name, sequence, rows, bytes, note, id FROM cloudjar_snapshots";
    private static final String REPLACE = """
            DELETE FROM cloudjar_rows AS r WHERE NOT EXISTS
                (SELECT FROM cloudjar_snapshot_rows AS s WHERE s.id = %1$d AND %3$s = %4$s AND s.k = r.k);
            INSERT INTO cloudjar_rows SELECT k, v FROM cloudjar_snapshot_rows WHERE id = %1$d
                ON CONFLICT (%2$s) DO UPDATE SET v = excluded.v WHERE cloudjar_rows.v <> excluded.v;
            """;
    private static final String TELL = "SELECT pg_notify('cloudjar', ?)";
    private static final String TAKEN = "23505";
    private static final int MOST_TRIES = 10;

    private record Found(Saved saved, long id) {}

    private final Connections connections;
    private final Notices notices;

    PostgresVersions(Connections connections, Notices notices) {
        this.connections = connections;
        this.notices = notices;
    }

    static void prepare(Connection connection) throws SQLException {
        execute(connection, SCHEMA);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Runs `work` in a transaction that sees one moment of the database, and has nobody try again.
    private <R> R steady(Connections.Work<R> work) {
        return steady("", work);
    }

    private <R> R steady(String first, Connections.Work<R> work) {
        SQLException refused = null;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                return connections.run(connection -> {
                    execute(connection, STEADY + first);
                    R result = work.with(connection);
                    connection.commit();
                    return result;
                });
            } catch (SQLException e) {
                refused = e;
                if (!PostgresStore.again(e)) {
                    break;
                }
            }
        }
        throw new StoreException(
                "The database refused: " + Objects.requireNonNull(refused).getMessage(), refused);
    }

    /// The number of the last transaction.
    long last() {
        return steady(PostgresJournal::last);
    }

    @Override
    public Version now() {
        return steady(connection -> {
            long sequence = PostgresJournal.last(connection);
            return version(connection, "SELECT k, v FROM cloudjar_rows ORDER BY " + KeyIndex.order(false), sequence);
        });
    }

    private static Version version(Connection connection, String query, long sequence) throws SQLException {
        var builder = new Version.Builder();
        Rows.all(connection, query, builder::put);
        return builder.build(sequence);
    }

    @Override
    public Saved save(String name, String note) {
        return steady(connection -> {
            long id = add(connection, new Saved(name, PostgresJournal.last(connection), 0, 0, note));
            execute(connection, COPY.formatted(id));
            return find(connection, name).saved();
        });
    }

    @Override
    public Saved save(String name, String note, Version version) {
        return steady(connection -> {
            var saved = new Saved(name, version.sequence(), version.rows(), version.bytes(), note);
            long id = add(connection, saved);
            Rows.write(connection, INSERT.formatted(id), version);
            return saved;
        });
    }

    /// Notes a version and answers by which number its rows are known.
    private static long add(Connection connection, Saved saved) throws SQLException {
        Versions.checkName(saved.name());
        String insert = "INSERT INTO cloudjar_snapshots (name, sequence, rows, bytes, note) VALUES (?, ?, ?, ?, ?)"
                + " RETURNING id";
        try (PreparedStatement add = connection.prepareStatement(insert)) {
            add.setString(1, saved.name());
            add.setLong(2, saved.sequence());
            add.setLong(3, saved.rows());
            add.setLong(4, saved.bytes());
            add.setString(5, saved.note());
            try (ResultSet added = add.executeQuery()) {
                added.next();
                return added.getLong(1);
            }
        } catch (SQLException e) {
            if (TAKEN.equals(e.getSQLState())) {
                throw Versions.taken(saved.name());
            }
            throw e;
        }
    }

    @Override
    public List<Saved> saved() {
        return steady(connection ->
                find(connection, Optional.empty()).stream().map(Found::saved).toList());
    }

    private static Found find(Connection connection, String name) throws SQLException {
        return find(connection, Optional.of(name)).stream().findFirst().orElseThrow(() -> Versions.missing(name));
    }

    private static List<Found> find(Connection connection, Optional<String> name) throws SQLException {
        String query = SAVED + (name.isPresent() ? " WHERE name = ?" : "") + " ORDER BY name COLLATE \"C\"";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            if (name.isPresent()) {
                select.setString(1, name.get());
            }
            List<Found> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    var saved = new Saved(
                            rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getString(5));
                    all.add(new Found(saved, rows.getLong(6)));
                }
            }
            return all;
        }
    }

    @Override
    public Version saved(String name) {
        return steady(connection -> {
            Found found = find(connection, name);
            String query = "SELECT k, v FROM cloudjar_snapshot_rows WHERE id = " + found.id() + " ORDER BY "
                    + KeyIndex.order(false);
            return version(connection, query, found.saved().sequence());
        });
    }

    @Override
    public boolean delete(String name) {
        return steady(connection -> {
            List<Found> found = find(connection, Optional.of(name));
            for (Found each : found) {
                execute(connection, "DELETE FROM cloudjar_snapshots WHERE id = " + each.id());
                execute(connection, "DELETE FROM cloudjar_snapshot_rows WHERE id = " + each.id());
            }
            return !found.isEmpty();
        });
    }

    @Override
    public void load(String name) {
        steady("; " + Turn.TAKE, connection -> {
            execute(
                    connection,
                    REPLACE.formatted(
                            find(connection, name).id(), KeyIndex.WHOLE, KeyIndex.head("s.k"), KeyIndex.head("r.k")));
            PostgresJournal.begin(connection);
            try (PreparedStatement tell = connection.prepareStatement(TELL)) {
                tell.setString(1, notices.everything());
                return tell.execute();
            }
        });
        notices.changedAll();
    }

    @Override
    public long oldest() {
        return steady(PostgresJournal::oldest);
    }

    @Override
    public Version at(long sequence) {
        return steady(connection -> PostgresJournal.at(connection, sequence));
    }

    @Override
    public void journal(long after, Predicate<Entry> each) {
        steady(connection -> {
            PostgresJournal.read(connection, after, each);
            return true;
        });
    }
}
