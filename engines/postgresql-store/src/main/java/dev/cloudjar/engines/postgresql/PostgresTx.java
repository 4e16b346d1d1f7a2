package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Overlay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One try of a transaction: reads go to the database, changes are sent together at the end.
final class PostgresTx extends Overlay {
    /// The database refused a statement of the transaction's body.
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException cause;

        Failed(SQLException cause) {
            super(cause);
            this.cause = cause;
        }

        SQLException sql() {
            return cause;
        }
    }

    private static final int FIRST_BATCH = 8;
    private static final int LAST_BATCH = 1000;
    private static final String READ = "SELECT v FROM cloudjar_rows WHERE " + KeyIndex.isKey();

    /// Locks of the database that stand for rows that are claimed.
    private static final int CLAIMS = 4568;

    private final Connection connection;
    private final Stretches read = new Stretches();

    PostgresTx(Connection connection) {
        this.connection = connection;
    }

    @Override
    protected byte @Nullable [] stored(byte[] key) {
        read.addKey(key);
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setBytes(1, KeyIndex.head(key));
            select.setBytes(2, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    @Override
    protected Source stored(byte[] from, byte[] to, boolean descending) {
        return new Batches(from, to, descending);
    }

    @Override
    protected long countStored(byte[] from, byte[] to) {
        read.add(from, to);
        try (PreparedStatement select = range("SELECT count(*)", from, to, "")) {
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /// The first row that no other node has claimed, until it has read all that it reads. Should another claim it
    /// then, one of the two will find that it came second.
    @Override
    public Cursor claim(byte[] from, byte[] to) {
        String free = " ORDER BY " + KeyIndex.head("k") + ") AS found WHERE pg_try_advisory_xact_lock(" + CLAIMS
                + ", hashtext(encode(k, 'hex'))) LIMIT 1";
        try (PreparedStatement select = range("SELECT k, v FROM (SELECT k, v", from, to, free)) {
            List<Entry> claimed = entries(select);
            claimed.forEach(entry -> read.addKey(entry.key()));
            return new Entries(claimed);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /// Ends the reading: what is to be written, with them who made it, for the journal, and a note to other
    /// nodes. Unless the transaction has its turn, it ends in the database.
    Turn.Changes end(boolean inTurn, byte[] origin, String note) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        List<byte @Nullable []> values = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> change : changes().entrySet()) {
            keys.add(change.getKey());
            values.add(isGone(change.getValue()) ? null : change.getValue());
        }
        read.close();
        return new Turn.Changes(keys, values, read, Turn.seen(connection, inTurn), origin, note);
    }

    Iterable<byte[]> changedKeys() {
        return changes().keySet();
    }

    private PreparedStatement range(String what, byte[] from, byte[] to, String rest) throws SQLException {
        String head = KeyIndex.head("k");
        String end = to.length > KeyIndex.HEAD ? " <= ?" : " < ?";
        PreparedStatement select = connection.prepareStatement(what + " FROM cloudjar_rows WHERE " + head + " >= ? AND "
                + head + end + " AND k >= ? AND k < ?" + rest);
        select.setBytes(1, KeyIndex.head(from));
        select.setBytes(2, KeyIndex.head(to));
        select.setBytes(3, from);
        select.setBytes(4, to);
        return select;
    }

    private record Entry(byte[] key, byte[] value) {}

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new Entry(rows.getBytes(1), rows.getBytes(2)));
            }
        }
        return entries;
    }

    /// Entries that have been read.
    private static final class Entries implements Cursor {
        private final Iterator<Entry> entries;
        private Entry current = new Entry(new byte[0], new byte[0]);

        Entries(List<Entry> entries) {
            this.entries = entries.iterator();
        }

        @Override
        public boolean next() {
            boolean more = entries.hasNext();
            if (more) {
                current = entries.next();
            }
            return more;
        }

        @Override
        public byte[] key() {
            return current.key();
        }

        @Override
        public byte[] value() {
            return current.value();
        }
    }

    /// A range, read in batches that grow: most readers want few entries.
    private final class Batches implements Source {
        private final boolean descending;
        private final Stretches.Walk walk;
        private byte[] from;
        private byte[] to;
        private int size = FIRST_BATCH;
        private boolean last;
        private List<Entry> batch = List.of();
        private int at = -1;

        Batches(byte[] from, byte[] to, boolean descending) {
            this.from = from;
            this.to = to;
            this.descending = descending;
            this.walk = read.walk(from, to, descending);
            this.last = Arrays.compareUnsigned(from, to) >= 0;
        }

        @Override
        public boolean next() {
            at++;
            if (at >= batch.size() && !last) {
                fetch();
            }
            return at < batch.size();
        }

        private void fetch() {
            batch = fetch(KeyIndex.head("k") + (descending ? " DESC" : ""));
            if (batch.stream().anyMatch(entry -> entry.key().length > KeyIndex.HEAD)) {
                batch = fetch(KeyIndex.order(descending));
            }
            at = 0;
            last = batch.size() < size;
            size = Math.min(LAST_BATCH, size * 4);
            if (!last && descending) {
                to = batch.getLast().key();
            } else if (!last) {
                from = Keys.successor(batch.getLast().key());
            }
        }

        private List<Entry> fetch(String order) {
            try (PreparedStatement select = range("SELECT k, v", from, to, " ORDER BY " + order + " LIMIT " + size)) {
                return entries(select);
            } catch (SQLException e) {
                throw new Failed(e);
            }
        }

        @Override
        public byte[] key() {
            return batch.get(at).key();
        }

        @Override
        public Object value() {
            return batch.get(at).value();
        }

        @Override
        public void saw(byte[] key) {
            walk.saw(key);
        }

        @Override
        public void sawEnd() {
            walk.sawEnd();
        }
    }
}
