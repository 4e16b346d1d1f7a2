package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The store in this process: the tree in memory, and in front of it, if the world is to last, a journal.
///
/// A transaction runs on a snapshot without a lock. Its commit checks under one lock that nothing it read has
/// changed; if something has, it runs again while holding the lock, so the second time always succeeds and nobody
/// starves. Commits then wait together for one write of the journal. Nothing is answered that the journal does
/// not have, not even a read of what another transaction has written a moment before.
public final class TreeStore implements Store {
    /// The time between two failures of the journal. What was made in it above `kept` has been undone.
    private static final class Era {
        private volatile long kept = Long.MAX_VALUE;
    }

    /// The name of the file with which a journal begins.
    public static final String FIRST_JOURNAL = Journal.name(Checkpoint.NONE.journal());

    private record State(Tree tree, long sequence, Era era) {
        boolean undone() {
            return sequence > era.kept;
        }
    }

    private final ReentrantLock committing = new ReentrantLock();
    private final Relay writing = new Relay();
    private final Watches watches = new Watches();
    private final Optional<Keeper> keeper;
    private final InstantSource clock;
    private final TreeVersions versions;
    private volatile State tip;
    private volatile State flushed;
    private Record.Writer pending;
    private Record.Writer spare;

    private TreeStore(Optional<Keeper> keeper, Version start, int large, InstantSource clock) {
        this.keeper = keeper;
        this.clock = clock;
        this.versions = new TreeVersions(this, keeper);
        this.tip = new State(start.tree(), start.sequence(), new Era());
        this.flushed = tip;
        this.pending = new Record.Writer(large);
        this.spare = new Record.Writer(large);
    }

    /// A store that ends with the process.
    public static TreeStore inMemory() {
        return inMemory(new Version(Tree.EMPTY, 0));
    }

    /// A store that begins with `start` and ends with the process.
    public static TreeStore inMemory(Version start) {
        return new TreeStore(Optional.empty(), start, Integer.MAX_VALUE, InstantSource.system());
    }

    /// One that takes the time of its transactions by `clock`.
    static TreeStore inMemory(InstantSource clock) {
        return new TreeStore(Optional.empty(), new Version(Tree.EMPTY, 0), Integer.MAX_VALUE, clock);
    }

    /// A store kept in `directory`. `report` hears what a person should know of what was found there.
    public static TreeStore open(Path directory, Durability durability, Consumer<String> report) {
        return open(new DiskFolder(directory), Limits.DEFAULT, durability, report);
    }

    static TreeStore open(Folder folder, Limits limits, Durability durability, Consumer<String> report) {
        Keeper keeper = Keeper.open(folder, limits, durability, report);
        return new TreeStore(Optional.of(keeper), keeper.start(), limits.large(), InstantSource.system());
    }

    @Override
    public <R> R transact(Origin origin, Function<Tx, R> body) {
        try {
            return attempt(origin, body);
        } catch (Large.Gone outdated) {
            // What it read has been overwritten and collected since it began: the newest version has other values.
            return attempt(origin, body);
        }
    }

    private <R> R attempt(Origin origin, Function<Tx, R> body) {
        if (committing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction was begun within another's body");
        }
        State seen = tip;
        var tx = new TreeTx(seen.tree(), new Deadline(clock, Deadline.ALONE));
        R result;
        try {
            result = body.apply(tx);
            if (!tx.readOnly()) {
                tx.checkTime();
                committing.lock();
                try {
                    if (!tx.holdsIn(tip.tree())) {
                        seen = tip;
                        tx = new TreeTx(seen.tree(), new Deadline(clock, Deadline.AWAITED));
                        result = body.apply(tx);
                        tx.checkTime();
                    }
                    seen = commit(tx, origin);
                } finally {
                    committing.unlock();
                }
            }
        } catch (RuntimeException refused) {
            settle(seen, tx);
            throw refused;
        }
        settle(seen, tx);
        announce(tx);
        return result;
    }

    private State commit(TreeTx tx, Origin origin) {
        State before = tip;
        if (tx.readOnly()) {
            return before;
        }
        long sequence = before.sequence() + 1;
        Tree changed = keeper.isPresent()
                ? record(tx, before.tree(), sequence, origin.bytes())
                : tx.applyTo(before.tree(), Effects.NONE);
        State next = new State(changed, sequence, before.era());
        if (keeper.isEmpty()) {
            // Before anybody can see it: whoever has seen what is not flushed waits for a journal.
            flushed = next;
        }
        tip = next;
        return next;
    }

    private Tree record(TreeTx tx, Tree before, long sequence, byte[] origin) {
        boolean whole = false;
        try {
            pending.begin(sequence, origin);
            Tree changed = tx.applyTo(before, pending);
            pending.end();
            whole = true;
            return changed;
        } finally {
            if (!whole) {
                pending.abandon();
            }
        }
    }

    /// Returns once `seen`, which `tx` read or made, is in the journal, or at least all that it read; one of
    /// those who wait writes for all.
    private void settle(State seen, TreeTx tx) {
        if (flushed.sequence() < seen.sequence() && tx.readOnly() && tx.holdsIn(flushed.tree())) {
            return;
        }
        if (flushed.sequence() < seen.sequence()) {
            flush(seen);
            keeper.ifPresent(kept -> kept.look(seen.tree(), this::checkpoint));
        }
        if (seen.undone()) {
            throw new StoreException("The journal could not be written; what was not saved has been undone.");
        }
    }

    @Override
    public boolean holds(Reads reads) {
        State seen = tip;
        boolean saved = flushed.sequence() >= seen.sequence() || reads.holdIn(flushed.tree());
        return saved && !seen.undone() && reads.holdIn(seen.tree());
    }

    /// Waits for whoever writes, or writes for all who wait.
    private void flush(State seen) {
        writing.await(() -> flushed.sequence() >= seen.sequence() || seen.undone(), this::write);
    }

    /// Runs `work` on what the journal has, while nobody writes to it. Commits go on, and wait.
    <R> R alone(Keeper.Alone.Work<R> work) throws IOException {
        return writing.alone(() -> work.on(new Version(flushed.tree(), flushed.sequence())));
    }

    /// Puts `tree` in the place of all rows, as a transaction of its own. `lasting` has its number, and makes it
    /// last.
    void replace(Tree tree, Replacement lasting) throws IOException {
        alone(_ -> {
            committing.lock();
            try {
                if (tip != flushed) {
                    write();
                }
                long sequence = flushed.sequence() + 1;
                lasting.keep(sequence);
                tip = new State(tree, sequence, tip.era());
                flushed = tip;
                return tip;
            } finally {
                committing.unlock();
            }
        });
        watches.all();
    }

    /// What makes a replacement of all rows last.
    @FunctionalInterface
    interface Replacement {
        void keep(long sequence) throws IOException;
    }

    private void write() {
        // Those who are about to commit do so first, and one write serves them all.
        Thread.yield();
        State upTo;
        Record.Writer group;
        committing.lock();
        try {
            upTo = tip;
            group = pending;
            pending = spare;
        } finally {
            committing.unlock();
        }
        boolean saved = false;
        try {
            keeper.orElseThrow().append(group);
            flushed = upTo;
            saved = true;
        } catch (IOException e) {
            throw new StoreException("The journal cannot be written (" + e.getMessage() + ").", e);
        } finally {
            if (!saved) {
                undo();
            }
            group.clear();
            spare = group;
        }
    }

    /// Back to what the journal has: everybody who waits for more is told so.
    private void undo() {
        committing.lock();
        try {
            State kept = flushed;
            tip.era().kept = kept.sequence();
            tip = new State(kept.tree(), kept.sequence(), new Era());
            pending.clear();
        } finally {
            committing.unlock();
        }
    }

    private void announce(TreeTx tx) {
        if (!watches.isEmpty()) {
            tx.forEachChange(watches::changed);
        }
    }

    /// Writes a checkpoint now, while others commit.
    public void checkpoint() {
        keeper.ifPresent(kept -> kept.checkpoint(this::alone));
    }

    Optional<Keeper> keeper() {
        return keeper;
    }

    @Override
    public Versions versions() {
        return versions;
    }

    @Override
    public Watch watch(byte[] prefix, Runnable changed) {
        return watches.watch(prefix, changed);
    }

    @Override
    public long sequence() {
        return flushed.sequence();
    }

    @Override
    public void close() {
        writing.alone(() -> true);
        keeper.ifPresent(Keeper::close);
    }
}
