package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Looks through the files of a store that may be damaged, and saves what can be read up to the damage. Nobody
/// else may have the store open.
public final class Repair {
    /// What could be read from one checkpoint on, how far, and what stopped it.
    private record Reading(Tree tree, long sequence, boolean whole) {}

    private final Path directory;
    private final Folder folder;
    private final Consumer<String> report;

    public Repair(Path directory, Consumer<String> report) {
        this.directory = directory;
        this.folder = new DiskFolder(directory);
        this.report = report;
    }

    /// Reports of every file what it holds, and answers whether all of them can be read.
    public boolean examine() throws IOException {
        boolean sound = true;
        for (String name : folder.names().stream().sorted().toList()) {
            try {
                report.accept(name + ": " + examine(name));
            } catch (StoreException damage) {
                sound = false;
                report.accept(name + ": " + damage.getMessage());
            }
        }
        return isComplete() && sound;
    }

    /// Whether every file is there that another one needs.
    private boolean isComplete() throws IOException {
        Set<String> names = Set.copyOf(folder.names());
        Set<String> missing = new TreeSet<>();
        for (String name : names) {
            parts(name).stream()
                    .map(Part::file)
                    .filter(part -> !names.contains(part))
                    .forEach(missing::add);
        }
        missing.forEach(part -> report.accept(part + " is missing."));
        int first = checkpoints().stream()
                .filter(each ->
                        names.containsAll(each.parts().stream().map(Part::file).toList()))
                .max(Comparator.comparing(Checkpoint::sequence))
                .orElse(Checkpoint.NONE)
                .journal();
        try {
            if (Journal.numbers(folder, first).isEmpty() && !names.isEmpty()) {
                throw new StoreException("The file " + folder.path(Journal.name(first)) + " is missing.");
            }
            return missing.isEmpty();
        } catch (StoreException gap) {
            report.accept(String.valueOf(gap.getMessage()));
            return false;
        }
    }

    /// The parts that a list names; none where the file is no list, or cannot be read, which [#examine] says.
    private List<Part> parts(String name) throws IOException {
        try {
            if (name.endsWith(Checkpoint.SUFFIX)) {
                return Checkpoint.read(folder, name).parts();
            }
            return name.endsWith(Snapshot.SUFFIX)
                    ? Snapshot.read(folder, name).parts().orElse(List.of())
                    : List.of();
        } catch (StoreException damaged) {
            return List.of();
        }
    }

    /// The rows that can be read.
    public Optional<Version> rows() throws IOException {
        return best().map(reading -> new Version(reading.tree(), reading.sequence()));
    }

    private Optional<Reading> best() throws IOException {
        return checkpoints().stream()
                .map(this::read)
                .max(Comparator.comparing(Reading::whole).thenComparing(Reading::sequence));
    }

    private String examine(String name) throws IOException {
        if (name.endsWith(Checkpoint.SUFFIX)) {
            Checkpoint checkpoint = Checkpoint.read(folder, name);
            return (checkpoint.finished() ? "a checkpoint" : "a stage of the checkpoint") + " after transaction "
                    + checkpoint.sequence() + ", in "
                    + checkpoint.parts().size() + " parts";
        }
        if (name.endsWith(Snapshot.SUFFIX)) {
            return "a snapshot of " + Snapshot.read(folder, name).facts().rows() + " rows";
        }
        if (name.endsWith(Depot.PART)) {
            long[] rows = {0};
            PartReader.read(folder, name, true, (_, _) -> rows[0]++);
            return rows[0] + " rows";
        }
        return Journal.isJournal(name) ? journal(name) : "not a file of Cloudjar's";
    }

    private String journal(String name) throws IOException {
        long[] records = {0, 0};
        try (Disk disk = folder.read(name)) {
            var reader = new JournalReader(folder, name, disk, 0);
            long end = reader.replay((payload, _) -> {
                records[0]++;
                records[1] = Record.sequence(payload);
                return true;
            });
            String torn = end < reader.size() ? ", then a write that a crash cut short" : "";
            return records[0] + " transactions" + (records[0] > 0 ? ", the last number " + records[1] : "") + torn;
        }
    }

    /// Writes all that can be read, up to the first damage, in the place of what there is, which is kept beside
    /// it. Answers whether there was anything.
    public boolean salvage() throws IOException {
        Optional<Reading> best = best();
        if (best.isEmpty()) {
            report.accept("Nothing can be read.");
            return false;
        }
        Path saved = free(directory.resolveSibling(directory.getFileName() + ".saved"));
        write(best.get(), new DiskFolder(Files.createDirectories(saved)));
        Path damaged = free(directory.resolveSibling(directory.getFileName() + ".damaged"));
        Files.move(directory, damaged);
        Files.move(saved, directory);
        report.accept("Saved " + best.get().tree().size() + " rows as they were after transaction "
                + best.get().sequence() + ". All that there was, snapshots included, is in " + damaged + ".");
        return true;
    }

    private static Path free(Path wanted) {
        Path free = wanted;
        for (int i = 2; Files.exists(free); i++) {
            free = wanted.resolveSibling(wanted.getFileName() + "." + i);
        }
        return free;
    }

    private List<Checkpoint> checkpoints() throws IOException {
        List<Checkpoint> found = new ArrayList<>();
        for (String name : folder.names()) {
            if (name.equals(Journal.name(Checkpoint.NONE.journal()))) {
                found.add(Checkpoint.NONE);
            } else if (name.endsWith(Checkpoint.SUFFIX)) {
                try {
                    found.add(Checkpoint.read(folder, name));
                } catch (StoreException damaged) {
                    report.accept(damaged.getMessage());
                }
            }
        }
        return found;
    }

    /// All rows of a checkpoint that can be read, and all of the journal behind it up to the first damage.
    private Reading read(Checkpoint from) {
        boolean whole = true;
        Tree tree = Tree.EMPTY;
        for (Part part : from.parts()) {
            var rows = new Rows(tree);
            try {
                PartReader.read(folder, part.file(), true, rows);
            } catch (StoreException | IOException damage) {
                report.accept(String.valueOf(damage.getMessage()));
                whole = false;
            }
            tree = rows.tree;
        }
        var replay = new Replay(tree, from.since(), Limits.DEFAULT.large(), Set.of());
        try {
            new History(folder).readUpToGap(from.journal(), from.since(), replay);
        } catch (StoreException | IOException damage) {
            report.accept(String.valueOf(damage.getMessage()));
        }
        return new Reading(replay.tree(), replay.sequence(), whole && replay.sequence() >= from.sequence());
    }

    private void write(Reading reading, Folder to) throws IOException {
        Depot depot = Depot.open(to, Limits.DEFAULT);
        var writer = new PartsWriter(to, depot, Limits.DEFAULT, Pace.full());
        List<Part> parts = writer.write(reading.tree(), new PartsWriter.Changed(List.of()));
        int journal = Checkpoint.NONE.journal() + 1;
        JournalFile.open(to, Journal.name(journal), false, 0).close();
        depot.add(new Checkpoint(reading.sequence(), journal, parts));
    }

    /// Rows put one by one, so that those before a damage are there.
    private static final class Rows implements PartReader.Sink {
        private Tree tree;

        Rows(Tree tree) {
            this.tree = tree;
        }

        @Override
        public void put(byte[] key, Object value) {
            tree = tree.put(key, value);
        }
    }
}
