package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Watches;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// What nodes tell each other: which keys a commit changed. A node listens on a connection of its own, on which
/// it also holds the lock that makes its number its own.
///
/// A notice may be lost with a connection; then, and when commits were counted of which none was heard,
/// everything counts as changed.
final class Notices implements AutoCloseable {
    private static final int LONGEST = 7000;
    private static final String ALL = "*";
    private static final int POLL_MILLIS = 2000;
    private static final int LOCKS = 45660;

    private final Connections connections;
    private final Watches watches;
    private final Consumer<String> report;
    private final int node;
    private final Thread listener;
    private final Semaphore closing = new Semaphore(0);
    private volatile Connection connection;
    private volatile boolean closed;
    /// Whether another node took the number of this one while the database was out of reach.
    private volatile boolean displaced;

    private boolean numbered = true;
    private int session;
    private long heard;

    Notices(Connections connections, Watches watches, Consumer<String> report) throws SQLException {
        this.connections = connections;
        this.watches = watches;
        this.report = report;
        this.connection = listening();
        this.session = session();
        this.node = claim();
        this.heard = commits(connection);
        this.listener = Thread.ofVirtual().name("notices").start(this::listen);
    }

    private Connection listening() throws SQLException {
        Connection opened = connections.open();
        opened.setAutoCommit(true);
        try (Statement statement = opened.createStatement()) {
            statement.execute("LISTEN cloudjar");
        }
        return opened;
    }

    /// The first number that no other node has, held until the connection ends.
    private int claim() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int number = 0; number < Ids.NODES; number++) {
                if (take(statement, number)) {
                    return number;
                }
            }
        }
        throw new SQLException("there are " + Ids.NODES + " nodes already");
    }

    private static boolean take(Statement statement, int number) throws SQLException {
        try (ResultSet taken = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCKS + ", " + number + ")")) {
            return taken.next() && taken.getBoolean(1);
        }
    }

    int node() {
        return node;
    }

    private int session() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /// Takes the number again after a connection was lost. Until the database notices the loss, the lost session
    /// has it; once another node has it, this one must make no more ids.
    private void reclaim() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            numbered = take(statement, node);
            if (numbered) {
                session = session();
                return;
            }
            try (ResultSet holder = statement.executeQuery("SELECT pid FROM pg_locks WHERE locktype = 'advisory'"
                    + " AND granted AND classid = " + LOCKS + " AND objid = " + node
                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")) {
                displaced = displaced || holder.next() && holder.getInt(1) != session;
            }
        }
    }

    /// Refuses to go on where another node makes the ids of this one.
    void checkNumber() {
        if (displaced) {
            throw new StoreException("The database was out of reach for so long that another node has taken the"
                    + " number of this one: restart it.");
        }
    }

    /// How many commits the database has counted.
    static long commits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery(
                        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM cloudjar_commits")) {
            last.next();
            return last.getLong(1);
        }
    }

    /// What to tell of a commit that changed `keys`.
    String note(Iterable<byte[]> keys) {
        var note = new StringBuilder().append(node);
        for (byte[] key : keys) {
            note.append(' ').append(Base64.getEncoder().encodeToString(key));
            if (note.length() > LONGEST) {
                return everything();
            }
        }
        return note.toString();
    }

    /// What to tell of a commit that changed more than can be said.
    String everything() {
        return node + " " + ALL;
    }

    /// Tells those who watch on this node that anything may have changed.
    void changedAll() {
        watches.all();
    }

    private void listen() {
        while (!closed) {
            try {
                PGNotification[] notes = connection.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
                take(notes);
                if (!numbered) {
                    reclaim();
                }
            } catch (SQLException lost) {
                reconnect(lost);
            }
        }
    }

    private void take(PGNotification[] notes) throws SQLException {
        for (PGNotification note : notes) {
            tell(note.getParameter().split(" ", -1));
        }
        long now = commits(connection);
        if (notes.length == 0 && now != heard) {
            watches.all();
        }
        heard = now;
    }

    private void tell(String[] note) {
        if (note[0].equals(Integer.toString(node))) {
            return;
        }
        for (int i = 1; i < note.length; i++) {
            if (note[i].equals(ALL)) {
                watches.all();
            } else {
                watches.changed(Base64.getDecoder().decode(note[i]));
            }
        }
    }

    private void reconnect(SQLException lost) {
        if (closed) {
            return;
        }
        try {
            report.accept("The connection to the database was lost and is made again: " + lost.getMessage());
            if (!closing.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                connection = listening();
                numbered = false;
                reclaim();
                watches.all();
            }
        } catch (SQLException again) {
            report.accept("The database does not answer: " + again.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.release();
        try {
            connection.close();
            listener.join();
        } catch (SQLException e) {
            report.accept("A connection to the database could not be closed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
