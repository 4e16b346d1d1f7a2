package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Versions;
import dev.cloudjar.kernel.store.Watches;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/// Rows in a table of a database that several nodes share. A transaction reads one moment of the database, and
/// is held against what was committed since when it commits in its [Turn]; where something it read was changed,
/// it is tried again.
public final class PostgresStore implements Store {
    private static final String SCHEMA = """
            SELECT pg_advisory_xact_lock(4566);
            CREATE TABLE IF NOT EXISTS cloudjar_rows (k bytea NOT NULL, v bytea NOT NULL);
            CREATE TABLE IF NOT EXISTS cloudjar_format (version int PRIMARY KEY);
            CREATE SEQUENCE IF NOT EXISTS cloudjar_commits;
            INSERT INTO cloudjar_format SELECT 0 WHERE NOT EXISTS (SELECT FROM cloudjar_format)
            """;
    /// The first format had no journal and no snapshots; the second had whole keys in its indexes.
    private static final int FIRST_FORMAT = 1;

    /// The third had no turns: the database gave transactions their numbers.
    private static final int THIRD_FORMAT = 3;

    private static final int FORMAT = 4;
    private static final int JOURNAL = 64 << 20;
    private static final int FOLD_EVERY = 20_000;
    private static final int FOLDING = 4567;
    /// After so many tries a transaction takes its turn before it reads.
    private static final int TRIES_AMONG_OTHERS = 3;

    private static final int MOST_TRIES = 200;
    private static final long FIRST_DELAY = 200_000;
    private static final int MOST_DOUBLINGS = 8;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String CONNECTION = "08";
    private static final String SHUTDOWN = "57P01";

    private final Connections connections;
    private final Watches watches = new Watches();
    private final Notices notices;
    private final ScopedValue<Boolean> within = ScopedValue.newInstance();
    private final PostgresVersions versions;
    private final Consumer<String> report;
    private final AtomicLong written = new AtomicLong();
    private final Commits commits;

    private PostgresStore(Connections connections, Consumer<String> report) throws SQLException {
        this.connections = connections;
        this.report = report;
        this.notices = new Notices(connections, watches, report);
        this.versions = new PostgresVersions(connections, notices);
        this.commits = new Commits(connections);
    }

    /// Opens the store at `url`, making its tables where there are none.
    static PostgresStore open(String url, Consumer<String> report) {
        var connections = new Connections(url);
        try {
            connections.run(PostgresStore::prepare);
            return new PostgresStore(connections, report);
        } catch (SQLException e) {
            connections.close();
            throw new StoreException(
                    "The database at " + withoutSecrets(url) + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String withoutSecrets(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /// One node after another: each has to see what the one before it has made.
    private static boolean prepare(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            int format = format(statement);
            if (format > FORMAT) {
                throw new SQLException("its tables are those of format " + format
                        + ", and this version of Cloudjar knows format " + FORMAT);
            }
            statement.execute(Turn.SCHEMA);
            PostgresVersions.prepare(connection);
            PostgresJournal.prepare(connection);
            if (format < THIRD_FORMAT) {
                KeyIndex.make(connection);
            }
            if (format < FORMAT) {
                PostgresJournal.goOn(connection);
            }
            if (format == FIRST_FORMAT) {
                PostgresJournal.begin(connection);
            }
            statement.execute("UPDATE cloudjar_format SET version = " + FORMAT);
        }
        connection.commit();
        connection.setTransactionIsolation(Connections.ISOLATION);
        return true;
    }

    private static int format(Statement statement) throws SQLException {
        try (ResultSet newest = statement.executeQuery("SELECT max(version) FROM cloudjar_format")) {
            newest.next();
            return newest.getInt(1);
        }
    }

    @Override
    public <R> R transact(Origin origin, Function<Tx, R> body) {
        if (within.isBound()) {
            throw new IllegalStateException("a transaction was begun within another's body");
        }
        notices.checkNumber();
        var random = new SplittableRandom(System.identityHashCode(body));
        for (int tries = 1; ; tries++) {
            try {
                return attempt(origin, body, tries > TRIES_AMONG_OTHERS);
            } catch (SQLException e) {
                if (!again(e) && !isLost(e)) {
                    throw new StoreException("The database refused: " + e.getMessage(), e);
                }
                if (tries == MOST_TRIES) {
                    throw new StoreException("After " + tries + " tries still: " + e.getMessage(), e);
                }
                // Those who met wait for different times, and the longer the more often they met.
                LockSupport.parkNanos(random.nextLong(FIRST_DELAY << Math.min(tries, MOST_DOUBLINGS)));
            }
        }
    }

    /// Whether others were in the way, so that another try may succeed.
    static boolean again(SQLException e) {
        return SERIALIZATION_FAILURE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
    }

    /// Whether a connection broke: before the commit, nothing has happened.
    static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION) || state.equals(SHUTDOWN));
    }

    private <R> R attempt(Origin origin, Function<Tx, R> body, boolean inTurn) throws SQLException {
        Outcome<R> outcome = connections.run(connection -> {
            try {
                if (inTurn) {
                    Turn.take(connection);
                }
                return attempt(connection, origin, body, inTurn);
            } catch (SQLException e) {
                if (!again(e)) {
                    throw e;
                }
                connection.rollback();
                return () -> {
                    throw e;
                };
            }
        });
        return outcome.get();
    }

    /// What a try came to: a result, the refusal of its body, or that it has to be made again.
    @FunctionalInterface
    private interface Outcome<R> {
        R get() throws SQLException;
    }

    private <R> Outcome<R> attempt(Connection connection, Origin origin, Function<Tx, R> body, boolean inTurn)
            throws SQLException {
        var tx = new PostgresTx(connection);
        R result;
        try {
            result = ScopedValue.where(within, true).call(() -> body.apply(tx));
            tx.checkTime();
        } catch (PostgresTx.Failed failed) {
            throw failed.sql();
        } catch (RuntimeException refused) {
            connection.rollback();
            return () -> {
                throw refused;
            };
        }
        if (tx.readOnly()) {
            connection.commit();
            return () -> result;
        }
        Turn.Changes changes = tx.end(inTurn, origin.bytes(), notices.note(tx.changedKeys()));
        if (inTurn) {
            written(!Turn.write(connection, true, List.of(changes)).isEmpty(), tx);
            return () -> result;
        }
        return () -> {
            written(commits.commit(changes), tx);
            return result;
        };
    }

    private void written(boolean all, PostgresTx tx) throws SQLException {
        if (!all) {
            throw new SQLException("what was read has been changed", SERIALIZATION_FAILURE);
        }
        committed(tx);
    }

    private void committed(PostgresTx tx) {
        if (written.incrementAndGet() % FOLD_EVERY == 0) {
            Thread.ofVirtual().name("journal").start(this::fold);
        }
        if (!watches.isEmpty()) {
            tx.changedKeys().forEach(watches::changed);
        }
    }

    /// Shortens the journal, unless another node is at it.
    private void fold() {
        try {
            connections.run(connection -> {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                if (mayFold(connection)) {
                    PostgresJournal.fold(connection, JOURNAL);
                }
                connection.commit();
                connection.setTransactionIsolation(Connections.ISOLATION);
                return true;
            });
        } catch (SQLException | StoreException later) {
            report.accept("The journal stays long for now: " + later.getMessage());
        }
    }

    private static boolean mayFold(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet free = statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + FOLDING + ")")) {
            return free.next() && free.getBoolean(1);
        }
    }

    @Override
    public Versions versions() {
        return versions;
    }

    @Override
    public Watch watch(byte[] prefix, Runnable changed) {
        return watches.watch(prefix, changed);
    }

    @Override
    public OptionalInt node() {
        return OptionalInt.of(notices.node());
    }

    @Override
    public long sequence() {
        return versions.last();
    }

    @Override
    public void close() {
        notices.close();
        connections.close();
    }
}
