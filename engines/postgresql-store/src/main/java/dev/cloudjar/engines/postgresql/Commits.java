package dev.cloudjar.engines.postgresql;

import dev.cloudjar.engines.postgresql.Turn.Changes;
import dev.cloudjar.kernel.store.Relay;
import dev.cloudjar.kernel.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The commits of this node. While one is on its way to the database others gather, and the next takes all of
/// them along that do not meet one another.
final class Commits {
    private static final int MOST = 100;
    private static final int MOST_BYTES = 4 << 20;

    private final Connections connections;
    private final Relay relay = new Relay();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /// A transaction that waits, and what came of it.
    private static final class Waiting {
        private final Changes changes;
        private volatile boolean done;
        private volatile boolean written;
        private volatile @Nullable Exception refused;

        Waiting(Changes changes) {
            this.changes = changes;
        }

        void written(boolean all) {
            written = all;
            done = true;
        }

        void refused(Exception why) {
            refused = why;
            done = true;
        }

        boolean outcome() throws SQLException {
            Exception why = refused;
            if (why instanceof SQLException sql) {
                throw new SQLException(sql.getMessage(), sql.getSQLState(), sql);
            }
            if (why != null) {
                throw new StoreException(String.valueOf(why.getMessage()), why);
            }
            return written;
        }
    }

    Commits(Connections connections) {
        this.connections = connections;
    }

    /// Whether the changes were written; not so where what was read has been changed.
    boolean commit(Changes changes) throws SQLException {
        var own = new Waiting(changes);
        waiting.add(own);
        relay.await(() -> own.done, () -> send(next()));
        return own.outcome();
    }

    private List<Waiting> next() {
        List<Waiting> next = new ArrayList<>();
        int bytes = 0;
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            next.add(each);
            bytes += each.changes.size();
            if (next.size() == MOST || bytes > MOST_BYTES) {
                break;
            }
        }
        return next;
    }

    /// Sends those that do not meet one before them; the others have read what is changed now.
    private void send(List<Waiting> all) {
        var keys = new TreeSet<byte[]>(Arrays::compareUnsigned);
        List<Waiting> sent = new ArrayList<>();
        for (Waiting each : all) {
            Changes changes = each.changes;
            if (changes.keys().stream().noneMatch(keys::contains)
                    && !changes.read().has(keys)) {
                keys.addAll(changes.keys());
                sent.add(each);
            }
        }
        try {
            List<Changes> changes = sent.stream().map(each -> each.changes).toList();
            Set<Integer> numbers = connections.runNow(connection -> Turn.write(connection, false, changes));
            for (int i = 0; i < sent.size(); i++) {
                sent.get(i).written(numbers.contains(i));
            }
            all.stream().filter(each -> !each.done).forEach(each -> each.written(false));
        } catch (SQLException | StoreException e) {
            all.forEach(each -> each.refused(e));
        }
    }
}
