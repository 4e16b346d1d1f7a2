package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// The files behind the journal: checkpoints, of which the newest counts, the parts that they share, and
/// snapshots.
final class Depot {
    static final String PART = ".rows";

    private final Folder folder;
    private final Limits limits;
    private final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    private final ConcurrentSkipListMap<String, Snapshot> snapshots = new ConcurrentSkipListMap<>();
    private final List<Checkpoint> doubtful = new ArrayList<>();
    private volatile long baseSize;
    private int lastPart;

    private Depot(Folder folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// Reads which checkpoints and snapshots there are in `folder`.
    static Depot open(Folder folder, Limits limits) throws IOException {
        var depot = new Depot(folder, limits);
        Collection<String> names = folder.names();
        for (String name : names.stream().sorted().toList()) {
            if (name.endsWith(Checkpoint.SUFFIX)) {
                depot.append(Checkpoint.read(folder, name));
            } else if (name.endsWith(Snapshot.SUFFIX)) {
                Snapshot snapshot = Snapshot.read(folder, name);
                depot.snapshots.put(snapshot.name(), snapshot);
            } else if (name.endsWith(PART)) {
                depot.lastPart = Math.max(depot.lastPart, number(name));
            }
        }
        if (depot.checkpoints.isEmpty() || names.contains(Journal.name(Checkpoint.NONE.journal()))) {
            depot.checkpoints.addFirst(Checkpoint.NONE);
        }
        depot.forgetWithout(names);
        return depot;
    }

    /// Has `checkpoint` be the newest; stages on the way to it are of no more use.
    private void append(Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
        checkpoints.removeIf(each -> each != checkpoint && each.sequence() == checkpoint.sequence());
        baseSize = checkpoint.size();
    }

    /// Forgets older checkpoints from which the journal does not go on: a crash came while they were deleted.
    private void forgetWithout(Collection<String> names) {
        Checkpoint base = base();
        int journal = base.journal();
        while (names.contains(Journal.name(journal - 1))) {
            journal--;
        }
        int oldest = journal;
        checkpoints.removeIf(each -> each != base && each.journal() < oldest);
    }

    private static int number(String part) {
        return Integer.parseInt(part.substring(0, part.length() - PART.length()));
    }

    /// The newest checkpoint: from it, the next start goes on.
    Checkpoint base() {
        return checkpoints.getLast();
    }

    /// How much disk the parts of [#base] take.
    long baseSize() {
        return baseSize;
    }

    /// Whether `more` on top of what the next start needs is more than is kept for a look back, so that [#prune]
    /// will delete what a new checkpoint replaces.
    boolean crowded(long more) throws IOException {
        return size(checkpoints.size() - 1, sizes()) + more > limits.history();
    }

    /// The newest checkpoint that is not newer than `sequence`, or the oldest of all.
    Checkpoint base(long sequence) {
        return checkpoints.reversed().stream()
                .filter(each -> each.sequence() <= sequence)
                .findFirst()
                .orElse(checkpoints.getFirst());
    }

    /// The sequence of the oldest checkpoint that is kept.
    long oldest() {
        return checkpoints.getFirst().sequence();
    }

    Map<String, Snapshot> snapshots() {
        return snapshots;
    }

    /// Snapshots that need the journal, the oldest first.
    List<Snapshot> pending() {
        return snapshots.values().stream()
                .filter(Snapshot::pending)
                .sorted(Comparator.comparingLong(each -> each.facts().sequence()))
                .toList();
    }

    String newPart() {
        return String.format(Locale.ROOT, "%010d%s", ++lastPart, PART);
    }

    /// The tree of a checkpoint or snapshot.
    Tree load(List<Part> parts) {
        List<Node> leaves =
                parts.parallelStream().flatMap(part -> leaves(part).stream()).toList();
        return TreeBuilder.over(leaves);
    }

    private List<Node> leaves(Part part) {
        var builder = new TreeBuilder();
        try {
            PartReader.read(folder, part.file(), false, builder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.path(part.file()) + ": " + e.getMessage(), e);
        }
        return builder.leaves();
    }

    /// Makes `checkpoint`, whose parts the disk has, the one that counts.
    void add(Checkpoint checkpoint) throws IOException {
        folder.force();
        try {
            checkpoint.write(folder);
        } catch (IOException e) {
            withdraw(checkpoint, e);
            throw e;
        }
        append(checkpoint);
    }

    /// Takes back a checkpoint of which nobody knows whether the disk has it.
    private void withdraw(Checkpoint checkpoint, IOException failure) {
        try {
            folder.delete(checkpoint.file());
            folder.force();
        } catch (IOException again) {
            doubtful.add(checkpoint);
            failure.addSuppressed(again);
        }
    }

    /// Whether the disk may have a checkpoint that does not count.
    boolean isInDoubt() {
        return !doubtful.isEmpty();
    }

    /// Gives a snapshot its files, unless it was deleted meanwhile.
    void settle(Snapshot pending, List<Part> parts) throws IOException {
        Snapshot settled = pending.in(parts);
        folder.force();
        if (snapshots.replace(pending.name(), pending, settled)) {
            settled.write(folder);
        }
    }

    /// Keeps `snapshot` under its name, once the disk has it.
    void save(Snapshot snapshot) throws IOException {
        snapshots.put(snapshot.name(), snapshot);
        try {
            snapshot.write(folder);
        } catch (IOException e) {
            snapshots.remove(snapshot.name());
            try {
                folder.delete(snapshot.file());
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /// Forgets a snapshot; what only it needed goes with the next [#prune].
    boolean delete(String name) throws IOException {
        Snapshot there = snapshots.get(name);
        if (there == null) {
            return false;
        }
        folder.delete(there.file());
        folder.force();
        return snapshots.remove(name) != null;
    }

    /// Deletes all that neither the next start, nor a snapshot, nor the history that is kept has a use for.
    void prune() throws IOException {
        Map<String, Long> sizes = sizes();
        int oldest = checkpoints.size() - 1;
        while (oldest > 0 && size(oldest - 1, sizes) <= limits.history()) {
            oldest--;
        }
        checkpoints.subList(0, oldest).clear();
        if (deleteOldCheckpoints(sizes.keySet())) {
            folder.force();
        }
        doubtful.clear();
        int journal = checkpoints.getFirst().journal();
        Set<String> used = used();
        for (String name : sizes.keySet().stream().sorted().toList()) {
            boolean old = Journal.isJournal(name) && Journal.number(name) < journal;
            if (old || name.endsWith(PART) && !used.contains(name) || name.endsWith(Manifest.UNFINISHED)) {
                folder.delete(name);
            }
        }
    }

    private boolean deleteOldCheckpoints(Set<String> names) throws IOException {
        Set<String> kept = checkpoints.stream().map(Checkpoint::file).collect(Collectors.toSet());
        List<String> old = names.stream()
                .filter(name -> name.endsWith(Checkpoint.SUFFIX) && !kept.contains(name))
                .toList();
        for (String name : old) {
            folder.delete(name);
        }
        return !old.isEmpty();
    }

    /// How much disk a history from checkpoint number `oldest` on takes.
    private long size(int oldest, Map<String, Long> sizes) {
        Set<String> files = new HashSet<>();
        checkpoints.stream().skip(oldest).forEach(each -> each.parts().forEach(part -> files.add(part.file())));
        int journal = checkpoints.get(oldest).journal();
        return sizes.entrySet().stream()
                .filter(file -> files.contains(file.getKey())
                        || Journal.isJournal(file.getKey()) && Journal.number(file.getKey()) >= journal)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Set<String> used() {
        Set<String> used = new HashSet<>();
        checkpoints.forEach(each -> each.parts().forEach(part -> used.add(part.file())));
        snapshots.values().stream()
                .flatMap(each -> each.parts().stream().flatMap(List::stream))
                .forEach(part -> used.add(part.file()));
        return used;
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (String name : new ArrayList<>(folder.names())) {
            try (Disk disk = folder.read(name)) {
                sizes.put(name, disk.size());
            }
        }
        return sizes;
    }
}
