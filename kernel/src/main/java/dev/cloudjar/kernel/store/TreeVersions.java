package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/// The versions of a [TreeStore]: each is a tree, and trees share all in which they do not differ.
final class TreeVersions implements Versions {
    private final TreeStore store;
    private final Map<String, Snapshot> snapshots;

    TreeVersions(TreeStore store, Optional<Keeper> keeper) {
        this.store = store;
        this.snapshots = keeper.map(kept -> kept.depot().snapshots()).orElseGet(ConcurrentSkipListMap::new);
    }

    @Override
    public Version now() {
        return files(() -> store.alone(version -> version));
    }

    @Override
    public Saved save(String name, String note) {
        checkFree(name);
        return files(() -> store.alone(version -> {
            Snapshot snapshot = snapshot(name, note, version);
            if (store.keeper().isPresent()) {
                store.keeper().get().depot().save(snapshot);
            } else {
                snapshots.put(name, snapshot);
            }
            return describe(snapshot);
        }));
    }

    private static Snapshot snapshot(String name, String note, Version version) {
        var facts = new Snapshot.Facts(version.sequence(), version.rows(), version.bytes(), note);
        return new Snapshot(name, facts, Optional.empty(), version.tree());
    }

    private void checkFree(String name) {
        Versions.checkName(name);
        if (snapshots.containsKey(name)) {
            throw Versions.taken(name);
        }
    }

    @Override
    public Saved save(String name, String note, Version version) {
        checkFree(name);
        Snapshot snapshot = snapshot(name, note, version);
        files(() -> {
            if (store.keeper().isPresent()) {
                store.keeper().get().keep(snapshot);
            } else {
                snapshots.put(name, snapshot);
            }
            return true;
        });
        return describe(snapshot);
    }

    @Override
    public List<Saved> saved() {
        return snapshots.values().stream().map(TreeVersions::describe).toList();
    }

    private static Saved describe(Snapshot snapshot) {
        Snapshot.Facts facts = snapshot.facts();
        return new Saved(snapshot.name(), facts.sequence(), facts.rows(), facts.bytes(), facts.note());
    }

    private Snapshot find(String name) {
        Snapshot found = snapshots.get(name);
        if (found == null) {
            throw Versions.missing(name);
        }
        return found;
    }

    @Override
    public Version saved(String name) {
        Snapshot snapshot = find(name);
        return new Version(tree(snapshot), snapshot.facts().sequence());
    }

    private Tree tree(Snapshot snapshot) {
        Tree tree = snapshot.tree();
        return tree != null
                ? tree
                : store.keeper().orElseThrow().depot().load(snapshot.parts().orElseThrow());
    }

    @Override
    public boolean delete(String name) {
        return files(() -> {
            if (store.keeper().isEmpty()) {
                return snapshots.remove(name) != null;
            }
            Keeper keeper = store.keeper().get();
            boolean there = keeper.depot().delete(name);
            return keeper.quietly(() -> {
                keeper.depot().prune();
                return there;
            });
        });
    }

    @Override
    public void load(String name) {
        Snapshot found = find(name);
        files(() -> {
            if (store.keeper().isEmpty()) {
                store.replace(tree(found), _ -> {});
                return true;
            }
            Keeper keeper = store.keeper().get();
            if (found.pending()) {
                store.checkpoint();
            }
            return keeper.quietly(() -> {
                List<Part> parts = find(name)
                        .parts()
                        .orElseThrow(() -> new StoreException("The snapshot '" + name + "' could not be written."));
                store.replace(keeper.depot().load(parts), sequence -> keeper.restore(sequence, parts));
                keeper.depot().prune();
                return true;
            });
        });
    }

    @Override
    public long oldest() {
        return keeper().depot().oldest();
    }

    @Override
    public Version at(long sequence) {
        Keeper keeper = keeper();
        if (sequence < oldest() || sequence > store.sequence()) {
            throw new IllegalArgumentException("The journal goes from transaction " + oldest() + " to "
                    + store.sequence() + "; it does not show what was after " + sequence + ".");
        }
        return files(() -> keeper.quietly(() -> keeper.at(sequence)));
    }

    @Override
    public void journal(long after, Predicate<Entry> each) {
        Keeper keeper = keeper();
        long until = store.sequence();
        files(() -> {
            keeper.read(after, until, (payload, _) -> each.test(entry(payload)));
            return true;
        });
    }

    private static Entry entry(ByteBuffer payload) {
        long sequence = Record.sequence(payload);
        byte[] origin = Record.origin(payload);
        List<Change> changes = new ArrayList<>();
        Record.read(payload, new Record.Reader() {
            @Override
            public void put(byte[] key, int at, int length) {
                byte[] value = new byte[length];
                payload.get(at, value);
                changes.add(new Change(key, value));
            }

            @Override
            public void deleted(byte[] key) {
                changes.add(new Change(key, null));
            }
        });
        return new Entry(sequence, origin, changes);
    }

    private Keeper keeper() {
        return store.keeper()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A cloud that keeps nothing has no journal; start it" + " with --data instead of --memory."));
    }

    private static <R> R files(Keeper.Callable<R> work) {
        try {
            return work.call();
        } catch (IOException e) {
            throw new StoreException("The data directory cannot be used: " + e.getMessage(), e);
        }
    }
}
