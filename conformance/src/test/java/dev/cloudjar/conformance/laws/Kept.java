package dev.cloudjar.conformance.laws;

import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store.Origin;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.model.OperationSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// What the tables of a world keep of one account: how many rows each has, and a sum of what is in them. A write
/// that is left out shows here, even where no operation reads it.
record Kept(TreeMap<String, Rows> tables) {
    /// The rows of one table.
    record Rows(long count, long sum) {
        static final Rows NONE = new Rows(0, 0);

        /// A table may have rows of several scopes, such as tags of users and of queues.
        Rows and(Rows others) {
            return new Rows(count + others.count, 31 * sum + others.sum);
        }
    }

    private static final byte[] END = {(byte) 0xFF};
    private static final String STOP = "\0\u0001";
    private static final String TAGS = "kernel.tags";
    /// Even a read notes that it used a key.
    private static final String LAST_USE = "LastUse";

    private static final Set<String> SCOPES =
            Stream.of(Scope.values()).map(Enum::name).collect(Collectors.toSet());

    /// What there is of the account that calls `operation`; nothing where the world is not in this JVM.
    static Optional<Kept> of(Scene scene, OperationSchema operation) {
        return of(scene.court(), scene.caller(operation));
    }

    static Optional<Kept> of(Court court, String account) {
        return court.world().map(world -> of(world, account));
    }

    private static Kept of(World world, String account) {
        return world.store().transact(Origin.NONE, tx -> {
            var tables = new TreeMap<String, Rows>();
            for (String table : names(tx)) {
                boolean shared = table.endsWith(Scope.WORLD.name() + STOP);
                byte[] prefix = (shared ? table : table + account + STOP).getBytes(StandardCharsets.ISO_8859_1);
                Rows rows = shared ? counted(tx, prefix) : summed(tx, prefix);
                tables.merge(table.substring(0, table.indexOf(STOP)), rows, Rows::and);
            }
            return new Kept(tables);
        });
    }

    /// The tables of services that have any rows, each up to its scope: from one to the next without what lies
    /// between.
    private static Set<String> names(Tx tx) {
        var names = new TreeSet<String>();
        byte[] low = new byte[0];
        for (Tx.Cursor next = tx.range(low, END, false); next.next(); next = tx.range(low, END, false)) {
            String key = new String(next.key(), StandardCharsets.ISO_8859_1);
            String[] parts = key.split(STOP, 3);
            if (parts.length < 3 || !SCOPES.contains(parts[1])) {
                low = Keys.successor(next.key());
                continue;
            }
            String table = parts[0] + STOP + parts[1] + STOP;
            if (!parts[0].startsWith("kernel.") && !parts[0].contains(LAST_USE) || parts[0].equals(TAGS)) {
                names.add(table);
            }
            low = Keys.after(table.getBytes(StandardCharsets.ISO_8859_1));
        }
        return names;
    }

    private static Rows counted(Tx tx, byte[] prefix) {
        return new Rows(tx.count(prefix, Keys.after(prefix)), 0);
    }

    private static Rows summed(Tx tx, byte[] prefix) {
        var sum = new CRC32();
        long count = 0;
        for (Tx.Cursor rows = tx.range(prefix, Keys.after(prefix), false); rows.next(); count++) {
            sum.update(rows.key());
            sum.update(rows.value());
        }
        return new Rows(count, sum.getValue());
    }

    /// `iam.role +1; iam.policy changed`, for what is not as it was.
    String since(Kept before) {
        var names = new TreeSet<>(tables.keySet());
        names.addAll(before.tables.keySet());
        var changes = new ArrayList<String>();
        for (String name : names) {
            Rows was = before.tables.getOrDefault(name, Rows.NONE);
            Rows is = tables.getOrDefault(name, Rows.NONE);
            long more = is.count - was.count;
            if (!is.equals(was)) {
                changes.add(name + (more == 0 ? " changed" : more > 0 ? " +" + more : " " + more));
            }
        }
        return String.join("; ", changes);
    }
}
