package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.Path;
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
    private record State(Tree tree, long sequence) {}

    private final ReentrantLock committing = new ReentrantLock();
    private final ReentrantLock flushing = new ReentrantLock();
    private final Watches watches = new Watches();
    private final Optional<JournalFile> journal;
    private volatile State tip;
    private volatile State flushed;
    private volatile long failures;
    private Record.Writer pending = new Record.Writer();
    private Record.Writer spare = new Record.Writer();

    private TreeStore(Optional<JournalFile> journal, State start) {
        this.journal = journal;
        this.tip = start;
        this.flushed = start;
    }

    /// A store that ends with the process.
    public static TreeStore inMemory() {
        return new TreeStore(Optional.empty(), new State(Tree.EMPTY, 0));
    }

    /// A store whose journal is `file`. `report` hears what a person should know of what was found there.
    public static TreeStore open(Path file, Durability durability, Consumer<String> report) {
        var replay = new Replay();
        JournalFile journal = JournalFile.open(file, durability, replay, report);
        return new TreeStore(Optional.of(journal), new State(replay.tree(), replay.sequence()));
    }

    @Override
    public <R> R transact(Origin origin, Function<Tx, R> body) {
        long failuresBefore = failures;
        State base = tip;
        var tx = new TreeTx(base.tree());
        R result;
        try {
            result = body.apply(tx);
        } catch (RuntimeException refused) {
            flush(base.sequence(), failuresBefore);
            throw refused;
        }
        if (tx.readOnly()) {
            flush(base.sequence(), failuresBefore);
            return result;
        }
        committing.lock();
        try {
            failuresBefore = failures;
            if (!tx.holdsIn(tip.tree())) {
                tx = new TreeTx(tip.tree());
                result = body.apply(tx);
            }
            base = commit(tx, origin);
        } finally {
            committing.unlock();
        }
        flush(base.sequence(), failuresBefore);
        announce(tx);
        return result;
    }

    private State commit(TreeTx tx, Origin origin) {
        if (tx.readOnly()) {
            return tip;
        }
        long sequence = tip.sequence() + 1;
        Tree changed;
        if (journal.isPresent()) {
            pending.begin(sequence, origin.bytes());
            changed = tx.applyTo(tip.tree(), pending);
            pending.end();
        } else {
            changed = tx.applyTo(tip.tree(), Effects.NONE);
        }
        State next = new State(changed, sequence);
        tip = next;
        if (journal.isEmpty()) {
            flushed = next;
        }
        return next;
    }

    /// Returns once everything up to `sequence` is in the journal; one of the waiting writes for all.
    private void flush(long sequence, long failuresBefore) {
        while (flushed.sequence() < sequence) {
            flushing.lock();
            try {
                if (failures != failuresBefore) {
                    throw new StoreException("The journal could not be written; what was not saved has been undone.");
                }
                if (flushed.sequence() < sequence) {
                    write();
                }
            } finally {
                flushing.unlock();
            }
        }
    }

    private void write() {
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
        try {
            journal.orElseThrow().append(group.written());
            flushed = upTo;
        } catch (IOException e) {
            undo();
            throw new StoreException("The journal cannot be written (" + e.getMessage() + ").", e);
        } finally {
            group.clear();
            spare = group;
        }
    }

    /// Back to what the journal has: everybody who waits for more is told so.
    private void undo() {
        committing.lock();
        try {
            tip = flushed;
            pending.clear();
            failures++;
        } finally {
            committing.unlock();
        }
    }

    private void announce(TreeTx tx) {
        if (!watches.isEmpty()) {
            tx.forEachChange(watches::changed);
        }
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
        flushing.lock();
        try {
            journal.ifPresent(JournalFile::close);
        } finally {
            flushing.unlock();
        }
    }
}
