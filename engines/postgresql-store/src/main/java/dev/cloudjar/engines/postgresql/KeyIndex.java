package dev.cloudjar.engines.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/// The index that finds a row by its key. An entry of the database's indexes takes at most 2,704 bytes, and keys
/// may be longer: this one has the head of a key, and of the rest a digest, which keeps keys apart.
final class KeyIndex {
    /// Keys up to this length are in the index as they are.
    static final int HEAD = 2000;

    /// What is unique, for `ON CONFLICT`.
    static final String WHOLE =
            head("k") + ", (CASE WHEN length(k) > " + HEAD + " THEN sha256(substr(k, " + (HEAD + 1) + ")) ELSE '' END)";

    private record Indexed(String table, String before) {}

    private static final List<Indexed> TABLES = List.of(
            new Indexed("cloudjar_rows", ""),
            new Indexed("cloudjar_base", ""),
            new Indexed("cloudjar_snapshot_rows", "id, "));

    private KeyIndex() {}

    /// The head of the key that `column` has.
    static String head(String column) {
        return "substr(" + column + ", 1, " + HEAD + ")";
    }

    static byte[] head(byte[] key) {
        return key.length <= HEAD ? key : Arrays.copyOf(key, HEAD);
    }

    /// A condition that holds for one key, whose head comes first among the parameters.
    static String isKey() {
        return head("k") + " = ? AND k = ?";
    }

    /// The order of keys.
    static String order(boolean descending) {
        String way = descending ? " DESC" : "";
        return head("k") + way + ", k" + way;
    }

    /// Makes the indexes, in place of those of formats that had whole keys in them.
    static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Indexed each : TABLES) {
                statement.execute("ALTER TABLE " + each.table + " DROP CONSTRAINT IF EXISTS " + each.table + "_pkey");
                statement.execute("CREATE UNIQUE INDEX ON " + each.table + " (" + each.before + WHOLE + ")");
            }
        }
    }
}
