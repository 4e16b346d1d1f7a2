package dev.cloudjar.kernel.store;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The versions of all rows that a store can show: the present one, those that were given a name, and the past as
/// far back as its journal is kept.
public interface Versions {
    /// A named version; `note` is whatever its maker wrote beside it, a line.
    record Saved(String name, long sequence, long rows, long bytes, String note) {}

    /// One committed transaction: `origin` says who made it.
    record Entry(long sequence, byte[] origin, List<Change> changes) {}

    /// What a transaction did to a key; no value where it deleted it.
    record Change(byte[] key, byte @Nullable [] value) {}

    /// Refuses what is no name for a version.
    static void checkName(String name) {
        if (!Snapshot.named(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name for a snapshot: up to 64 letters, digits,"
                    + " dots, dashes and underlines, the first a letter or digit.");
        }
    }

    static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("There is a snapshot '" + name + "' already; delete it first.");
    }

    static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("There is no snapshot '" + name + "'.");
    }

    /// The present.
    Version now();

    /// Names the present. That costs the same however much there is. A name is of letters, digits and `._-`, and
    /// free.
    Saved save(String name, String note);

    /// Names any version.
    Saved save(String name, String note, Version version);

    /// What was named, by name.
    List<Saved> saved();

    Version saved(String name);

    /// False where no version has the name.
    boolean delete(String name);

    /// Makes a named version the present one, in one step that can be undone by loading another.
    void load(String name);

    /// All rows as they were after transaction number `sequence`.
    Version at(long sequence);

    /// The first transaction to which [#at] can go back.
    long oldest();

    /// Gives the transactions after number `after` to `each`, in order, as long as it answers true.
    void journal(long after, Predicate<Entry> each);
}
