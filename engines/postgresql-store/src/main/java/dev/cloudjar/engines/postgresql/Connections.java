package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// Connections to the database, each used by one transaction at a time. At most so many are open at once; who
/// comes then waits.
final class Connections implements AutoCloseable {
    /// Work with a connection.
    @FunctionalInterface
    interface Work<R> {
        R with(Connection connection) throws SQLException;
    }

    /// A transaction sees one moment; that nothing it read was changed since is found out when it commits.
    static final int ISOLATION = Connection.TRANSACTION_REPEATABLE_READ;

    private static final int MOST = 16;

    /// Statements are few and go by the index, so they are planned once, whatever the planner thinks of tables
    /// that it has not looked at yet. A session whose node has gone silent ends, lest others wait for its turn.
    private static final String SETTINGS = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off;"
            + " SET plan_cache_mode = force_generic_plan; SET idle_in_transaction_session_timeout = '60s'";

    private final String url;
    private final Semaphore free = new Semaphore(MOST, true);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Connections(String url) {
        this.url = url;
    }

    /// A new connection, for the caller to close.
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(ISOLATION);
        return connection;
    }

    <R> R run(Work<R> work) throws SQLException {
        if (closed) {
            throw new StoreException("The store is closed.");
        }
        free.acquireUninterruptibly();
        try {
            return runNow(work);
        } finally {
            free.release();
        }
    }

    /// Runs what those with a connection may be waiting for.
    <R> R runNow(Work<R> work) throws SQLException {
        Connection kept = idle.pollFirst();
        return run(kept == null ? open() : kept, work);
    }

    private <R> R run(Connection connection, Work<R> work) throws SQLException {
        boolean sound = false;
        try {
            R result = work.with(connection);
            sound = true;
            return result;
        } finally {
            giveBack(connection, sound);
        }
    }

    /// Keeps a connection that is in no transaction; one that failed is closed.
    private void giveBack(Connection connection, boolean sound) throws SQLException {
        if (sound && !closed) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new StoreException("a connection cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
