package dev.cloudjar.engines.postgresql;

import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Keys and values on their way from and to a table, some at a time.
final class Rows {
    private static final int BATCH = 1000;

    private Rows() {}

    /// Gives all that `query` finds to `each`, key and value.
    static void all(Connection connection, String query, BiConsumer<byte[], byte[]> each) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(BATCH);
            try (ResultSet rows = select.executeQuery(query)) {
                while (rows.next()) {
                    each.accept(rows.getBytes(1), rows.getBytes(2));
                }
            }
        }
    }

    /// Writes all rows of `version` with `insert`, which takes an array of keys and one of values.
    static void write(Connection connection, String insert, Version version) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        try (PreparedStatement write = connection.prepareStatement(insert)) {
            Tx.Cursor rows = version.all();
            boolean more = rows.next();
            while (more) {
                keys.add(rows.key());
                values.add(rows.value());
                more = rows.next();
                if (!more || keys.size() == BATCH) {
                    write.setArray(1, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
                    write.setArray(2, connection.createArrayOf("bytea", values.toArray(byte[][]::new)));
                    write.execute();
                    keys.clear();
                    values.clear();
                }
            }
        }
    }
}
