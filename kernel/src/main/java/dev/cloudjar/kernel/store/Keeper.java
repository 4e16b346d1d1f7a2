package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What makes a tree last: the journal in front of it, and behind it checkpoints, so that the journal stays
/// short.
final class Keeper implements AutoCloseable {
    /// Runs work while nobody writes to the journal, on the state that the journal has.
    interface Alone {
        <R> R run(Work<R> work) throws IOException;

        /// What is done meanwhile.
        @FunctionalInterface
        interface Work<R> {
            R on(Version version) throws IOException;
        }
    }

    private record Turn(Version version, int journal, List<Snapshot> pending) {}

    private final Folder folder;
    private final Limits limits;
    private final Consumer<String> report;
    private final Depot depot;
    private final Journal journal;
    private final Version start;
    private final ReentrantLock working = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long retry;
    private boolean closed;

    private Keeper(Folder folder, Limits limits, Durability durability, Consumer<String> report) throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.report = report;
        this.depot = Depot.open(folder, limits);
        Checkpoint base = depot.base();
        var marks =
                depot.pending().stream().map(each -> each.facts().sequence()).collect(Collectors.toSet());
        var replay = new Replay(depot.load(base.parts()), base.since(), limits.large(), marks);
        this.journal = Journal.open(folder, base.journal(), durability, replay, report);
        if (replay.sequence() < base.sequence()) {
            throw new StoreException("The journal in " + folder.path("") + " ends with transaction " + replay.sequence()
                    + ", but there was one with the number " + base.sequence()
                    + ". Nothing has been changed; ./cloudjar doctor shows what can be read.");
        }
        this.start = new Version(replay.tree(), replay.sequence());
        for (Snapshot each : depot.pending()) {
            Optional<Tree> tree = replay.at(each.facts().sequence());
            if (tree.isPresent()) {
                depot.snapshots().put(each.name(), each.of(tree.get()));
            } else {
                report.accept("The snapshot " + each.name() + " was lost, with the end of the journal.");
                depot.delete(each.name());
            }
        }
    }

    static Keeper open(Folder folder, Limits limits, Durability durability, Consumer<String> report) {
        try {
            var keeper = new Keeper(folder, limits, durability, report);
            keeper.depot.prune();
            return keeper;
        } catch (IOException e) {
            throw new StoreException("cannot open the journal in " + folder.path("") + ": " + e.getMessage(), e);
        }
    }

    /// The state that was found.
    Version start() {
        return start;
    }

    /// Writes what commits have put together.
    void append(Record.Writer group) throws IOException {
        ByteBuffer bytes = group.written();
        Large.Place place = journal.append(bytes);
        group.settle(at -> new Large.Place(place.folder(), place.file(), at), place.at());
    }

    /// Has a checkpoint made in the background where it is time for one.
    void look(Tree tree, Runnable checkpoint) {
        if (due(tree) && asked.compareAndSet(false, true)) {
            limits.background().execute(() -> {
                try {
                    checkpoint.run();
                } finally {
                    asked.set(false);
                }
            });
        }
    }

    private boolean due(Tree tree) {
        long waiting = journal.size();
        long live = tree.bytes();
        boolean much = waiting > Math.max(limits.checkpoint(), live / 4)
                || waiting + depot.baseSize() > Math.max(live / 4 * 7, limits.history());
        return much && waiting > retry;
    }

    /// Writes a checkpoint, while others commit. Where the disk refuses, all stays as it is, and is tried again
    /// after some more commits.
    void checkpoint(Alone alone) {
        working.lock();
        try {
            if (closed) {
                return;
            }
            retry = journal.size() + limits.checkpoint() / 4;
            journal.prepare();
            Optional<Turn> turn = alone.run(this::turn);
            journal.settle();
            if (turn.isPresent()) {
                write(turn.get());
            }
            retry = 0;
        } catch (IOException | StoreException e) {
            report.accept("A checkpoint could not be written, and will be tried again later: " + e.getMessage());
        } finally {
            working.unlock();
        }
    }

    /// Begins a new file of the journal, unless there is a checkpoint of this version.
    private Optional<Turn> turn(Version version) throws IOException {
        Checkpoint base = depot.base();
        return version.sequence() == base.sequence() && base.finished()
                ? Optional.empty()
                : Optional.of(new Turn(version, journal.roll(), depot.pending()));
    }

    private void write(Turn turn) throws IOException {
        long live = turn.version().bytes();
        long most = journal.size() + Math.max(limits.checkpoint() / 2, live / 8);
        var pace = new Pace(() -> journal.size() > most);
        var writer = new PartsWriter(folder, depot, limits, pace);
        Checkpoint base = depot.base();
        Checkpoint latest = base;
        for (Snapshot each : turn.pending()) {
            Tree tree = each.tree();
            if (tree != null && each.facts().sequence() <= turn.version().sequence()) {
                var version = new Version(tree, each.facts().sequence());
                PartsWriter.Changed changed = changed(base, latest, version, pace);
                latest = new Checkpoint(version.sequence(), base.journal(), writer.write(tree, changed));
                depot.settle(each, latest.parts());
            }
        }
        PartsWriter.Changed changed = changed(base, latest, turn.version(), pace);
        long step = depot.crowded(live) ? Math.max(limits.part(), live / 16) : Long.MAX_VALUE;
        List<Part> parts =
                writer.write(turn.version().tree(), changed, step, mixed -> advance(writer, turn.version(), mixed));
        depot.add(new Checkpoint(turn.version().sequence(), turn.journal(), parts));
        writer.settle();
        journal.forget();
        depot.prune();
    }

    /// Has a checkpoint that is not finished count, so that the old parts which it has replaced can go.
    private void advance(PartsWriter writer, Version to, List<Part> mixed) throws IOException {
        depot.add(depot.base().towards(to.sequence(), mixed));
        writer.settle();
        depot.prune();
    }

    /// What the journal from `base` on says has changed between `from` and `to`.
    private PartsWriter.Changed changed(Checkpoint base, Checkpoint from, Version to, Pace pace) throws IOException {
        var changed = new PartsWriter.Changed(from.parts());
        if (!from.parts().isEmpty()) {
            new History(folder).read(base.journal(), from.since(), to.sequence(), (payload, _) -> {
                pace.worked(payload.remaining());
                Record.read(payload, changed);
                return true;
            });
        }
        return changed;
    }

    /// Makes `parts` the state after transaction `sequence`, while nobody else writes.
    void restore(long sequence, List<Part> parts) throws IOException {
        journal.prepare();
        int number = journal.roll();
        try {
            depot.add(new Checkpoint(sequence, number, parts));
        } finally {
            if (depot.isInDoubt()) {
                journal.stop();
            }
        }
        journal.forget();
    }

    Depot depot() {
        return depot;
    }

    /// Writes the files of a snapshot whose rows come from elsewhere.
    void keep(Snapshot snapshot) throws IOException {
        quietly(() -> {
            Tree tree = Objects.requireNonNull(snapshot.tree());
            var changed = new PartsWriter.Changed(List.of());
            List<Part> parts = new PartsWriter(folder, depot, limits, Pace.full()).write(tree, changed);
            folder.force();
            depot.save(snapshot.in(parts));
            return parts;
        });
    }

    /// The state after transaction `sequence`, from the newest checkpoint before and the journal.
    Version at(long sequence) throws IOException {
        Checkpoint from = depot.base(sequence);
        var replay = new Replay(depot.load(from.parts()), from.since(), limits.large(), Set.of());
        new History(folder).read(from.journal(), from.since(), sequence, replay);
        if (replay.sequence() != sequence) {
            throw new IllegalArgumentException("The journal is not whole before transaction " + sequence + ".");
        }
        return new Version(replay.tree(), sequence);
    }

    /// Gives the records after `after` up to `until` to `sink`, as far as they are kept.
    void read(long after, long until, JournalReader.Sink sink) throws IOException {
        quietly(() -> {
            new History(folder).read(depot.base(after).journal(), after, until, sink);
            return true;
        });
    }

    /// Runs `work` while no checkpoint is written.
    <R> R quietly(Callable<R> work) throws IOException {
        working.lock();
        try {
            return work.call();
        } finally {
            working.unlock();
        }
    }

    /// Work on files.
    @FunctionalInterface
    interface Callable<R> {
        R call() throws IOException;
    }

    @Override
    public void close() {
        working.lock();
        try {
            if (!closed) {
                closed = true;
                journal.close();
            }
        } catch (IOException e) {
            throw new StoreException("cannot close the journal in " + folder.path("") + ": " + e.getMessage(), e);
        } finally {
            working.unlock();
        }
    }
}
