package dev.cloudjar.engines.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL of the test's own, with a database for whoever asks.
public final class Database implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    public Database() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The URL of a new, empty database.
    public String url() {
        execute("CREATE DATABASE cloud" + databases.incrementAndGet());
        return last();
    }

    /// The URL of the database that was made last.
    public String last() {
        return server.getJdbcUrl("postgres", "cloud" + databases.get());
    }

    /// Ends all connections to the database at `url`, as a failing network would.
    public void disconnect(String url) {
        String name = url.replaceAll(".*/(cloud\\d+).*", "$1");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /// Returns once somebody waits for an advisory lock.
    public void awaitWaiter(String url) {
        String waiters = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        boolean waits = false;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            while (!waits) {
                try (ResultSet count = statement.executeQuery(waiters)) {
                    waits = count.next() && count.getInt(1) > 0;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends the connections that hold an advisory lock.
    public void disconnectHolders() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
