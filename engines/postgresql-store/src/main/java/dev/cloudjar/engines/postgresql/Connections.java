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

    private static final int MOST = 16;

    private final String url;
    private final Semaphore free = new Semaphore(MOST, true);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Connections(String url) {
        this.url = url;
    }

    /// A new connection whose transactions are serializable, for the caller to close.
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            // Whoever reads a small table whole is disturbed by every change in it.
            statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        return connection;
    }

    <R> R run(Work<R> work) throws SQLException {
        if (closed) {
            throw new StoreException("The store is closed.");
        }
        free.acquireUninterruptibly();
        try {
            Connection kept = idle.pollFirst();
            return run(kept == null ? open() : kept, work);
        } finally {
            free.release();
        }
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
