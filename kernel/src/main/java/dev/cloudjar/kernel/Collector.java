package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.kernel.store.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Deletes blobs that no row names any more, a round after it first saw them unused, so that whoever had just
/// begun to read one reads it to the end.
final class Collector implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private final World world;
    private final Blobs blobs;
    private final BlobRows rows;
    private final Semaphore closing = new Semaphore(0);
    private final Thread runner;
    /// What was unused in the last round.
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<Versions.Saved, Set<String>> snapshots = new ConcurrentHashMap<>();

    Collector(World world, Blobs blobs, BlobRows rows) {
        this.world = world;
        this.blobs = blobs;
        this.rows = rows;
        this.runner = Thread.ofVirtual().name("blobs").unstarted(this::run);
    }

    void start() {
        try {
            blobs.discardUnfinished();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runner.start();
    }

    private void run() {
        try {
            if (world.store().node().isEmpty()) {
                attempt(rows::spareDoomed);
            }
            while (!closing.tryAcquire(ROUND.toNanos(), TimeUnit.NANOSECONDS)) {
                attempt(this::collect);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Supplier<Boolean> work) {
        try {
            world.background(work);
        } catch (StoreException | UncheckedIOException later) {
            world.settings().log().accept("unused blobs stay for now: " + later.getMessage());
        }
    }

    /// Deletes what was unused at the last call and still is.
    boolean collect() {
        List<String> unused = new ArrayList<>(rows.unused(MOST));
        if (!unused.isEmpty()) {
            unused.removeAll(inSnapshots());
        }
        unused.stream().filter(seen::contains).forEach(blobs::discard);
        seen.clear();
        return seen.addAll(unused);
    }

    /// The blobs that snapshots name. What a snapshot names is read once.
    private Set<String> inSnapshots() {
        Versions versions = world.store().versions();
        List<Versions.Saved> saved = versions.saved();
        snapshots.keySet().retainAll(saved);
        Set<String> all = new HashSet<>();
        for (Versions.Saved each : saved) {
            all.addAll(snapshots.computeIfAbsent(each, one -> named(versions.saved(one.name()))));
        }
        return all;
    }

    private static Set<String> named(Version version) {
        return BlobRows.in(version).stream().map(Ref::sha256).collect(Collectors.toSet());
    }

    /// Tells of every blob that a row names and that is not there, or not as it was.
    boolean verify(Consumer<Ref> damaged) {
        List<Ref> some = rows.named("", MOST);
        while (!some.isEmpty()) {
            some.stream().filter(ref -> !blobs.isWhole(ref)).forEach(damaged);
            some = rows.named(some.getLast().sha256(), MOST);
        }
        return true;
    }

    @Override
    public void close() {
        closing.release();
        try {
            runner.join(ROUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
