package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Further clouds in this JVM, each begun from a snapshot, each on a port of its own. Those of a cloud with a
/// data directory are kept in it, and come back with it at the same ports; those of one in memory end with it.
final class Branches implements AutoCloseable {
    /// Opens a cloud over a branch of the world on a port, 0 for any that is free.
    @FunctionalInterface
    interface Opener {
        Cloud open(World branch, int port) throws IOException;
    }

    private static final String FACTS = "branch.json";

    /// A branch with the snapshot that it began from, its port, and the cloud that serves it while one does.
    private record Branch(
            String name,
            String snapshot,
            int port,
            @Nullable Cloud cloud) {
        boolean runs() {
            return cloud != null;
        }

        Map<String, Object> shown() {
            var shown = new LinkedHashMap<String, Object>();
            shown.put("name", name);
            shown.put("snapshot", snapshot);
            shown.put("state", runs() ? "running" : "stopped");
            shown.put("port", port);
            shown.put("endpoint", "http://localhost:" + port);
            return shown;
        }
    }

    private final World world;
    private final Optional<Path> directory;
    private final Opener opener;
    private final ConcurrentSkipListMap<String, Branch> branches = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Branches(World world, Opener opener) {
        this.world = world;
        this.directory = world.directory().map(data -> data.resolve("branches"));
        this.opener = opener;
    }

    Map<String, Object> list() {
        return Map.of("branches", branches.values().stream().map(Branch::shown).toList());
    }

    /// Brings back the branches that are kept, those that ran to their ports. One that cannot be opened is said
    /// and left stopped; what a crash left of one that was being made is removed.
    void resume() throws IOException {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return;
        }
        List<Path> kept;
        try (Stream<Path> all = Files.list(directory.get())) {
            kept = all.sorted().toList();
        }
        for (Path each : kept) {
            if (Files.exists(each.resolve(FACTS))) {
                resume(each);
            } else {
                delete(each);
            }
        }
    }

    private void resume(Path at) throws IOException {
        Map<String, String> facts;
        try (InputStream text = Files.newInputStream(at.resolve(FACTS))) {
            facts = Json.read(text);
        }
        String name = String.valueOf(at.getFileName());
        int port = Integer.parseInt(facts.getOrDefault("port", "0"));
        branches.put(name, new Branch(name, facts.getOrDefault("snapshot", ""), port, null));
        if (facts.getOrDefault("state", "").equals("running")) {
            try {
                start(name);
            } catch (IOException | StoreException | IllegalArgumentException failure) {
                world.settings().log().accept("The branch " + name + " is stopped: " + failure.getMessage());
            }
        }
    }

    /// Begins a branch from `snapshot`, by default from the present, which is then a snapshot of its name.
    Map<String, Object> open(Map<String, String> order) throws IOException {
        String name = StateApi.required(order, "name");
        int port = port(order.getOrDefault("port", "0"));
        changing.lock();
        try {
            Versions.checkName(name);
            if (branches.containsKey(name)) {
                throw new IllegalArgumentException("There is a branch '" + name + "' already.");
            }
            String snapshot = order.getOrDefault("snapshot", "");
            String from = snapshot.isEmpty() ? world.snapshots().save(name).name() : snapshot;
            return put(name, from, serve(begin(name, from), port)).shown();
        } finally {
            changing.unlock();
        }
    }

    private World begin(String name, String snapshot) throws IOException {
        Optional<Path> home = home(name);
        if (home.isEmpty()) {
            return world.branch(snapshot);
        }
        if (Files.exists(home.get())) {
            // What a failure left of one that was never there.
            delete(home.get());
        }
        return world.branch(snapshot, home.get());
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'port' is a number, not '" + text + "'.", notANumber);
        }
    }

    private Optional<Path> home(String name) {
        return directory.map(all -> all.resolve(name));
    }

    private Cloud serve(World branch, int port) {
        boolean serves = false;
        try {
            Cloud cloud = opener.open(branch, port);
            serves = true;
            return cloud;
        } catch (IOException closed) {
            throw new IllegalArgumentException("The branch cannot be reached: " + closed.getMessage(), closed);
        } finally {
            if (!serves) {
                branch.close();
            }
        }
    }

    private Branch put(String name, String snapshot, Cloud cloud) throws IOException {
        var branch = new Branch(name, snapshot, cloud.port(), cloud);
        branches.put(name, branch);
        keep(branch);
        return branch;
    }

    /// Writes what is known of a branch, which makes it one that is kept.
    private void keep(Branch branch) throws IOException {
        Optional<Path> home = home(branch.name());
        if (home.isPresent()) {
            Path draft = home.get().resolve(FACTS + ".new");
            Files.writeString(draft, Json.write(branch.shown()));
            Files.move(draft, home.get().resolve(FACTS), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /// Has a branch that was stopped serve again, at its port.
    Map<String, Object> start(String name) throws IOException {
        changing.lock();
        try {
            Branch branch = find(name);
            if (branch.runs()) {
                return branch.shown();
            }
            World again = world.reopen(home(name).orElseThrow());
            return put(name, branch.snapshot(), serve(again, branch.port())).shown();
        } finally {
            changing.unlock();
        }
    }

    /// Has a branch serve no more; it is kept until it is deleted.
    Map<String, Object> stop(String name) throws IOException {
        changing.lock();
        try {
            Branch branch = find(name);
            if (directory.isEmpty()) {
                throw new IllegalArgumentException("The branch '" + name + "' is in memory, as all of this cloud is:"
                        + " it cannot be stopped and kept; delete it.");
            }
            var stopped = new Branch(name, branch.snapshot(), branch.port(), null);
            end(branch);
            branches.put(name, stopped);
            keep(stopped);
            return stopped.shown();
        } finally {
            changing.unlock();
        }
    }

    private static void end(Branch branch) {
        Cloud cloud = branch.cloud();
        if (cloud != null) {
            cloud.close();
        }
    }

    private Branch find(String name) {
        Branch branch = branches.get(name);
        if (branch == null) {
            throw new IllegalArgumentException("There is no branch '" + name + "'.");
        }
        return branch;
    }

    /// Ends a branch, and deletes what was kept of it.
    Map<String, Object> delete(String name) throws IOException {
        changing.lock();
        try {
            end(find(name));
            branches.remove(name);
            Optional<Path> home = home(name);
            if (home.isPresent()) {
                Files.deleteIfExists(home.get().resolve(FACTS));
                delete(home.get());
            }
            return Map.of("deleted", true);
        } finally {
            changing.unlock();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        branches.values().forEach(Branches::end);
        branches.clear();
    }
}
