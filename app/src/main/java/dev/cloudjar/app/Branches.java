package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Further clouds in this JVM, each begun from a snapshot, each on a port of its own. They end with the process.
final class Branches implements AutoCloseable {
    /// Opens a cloud over a branch of the world on a port, 0 for any that is free.
    @FunctionalInterface
    interface Opener {
        Cloud open(World branch, int port) throws IOException;
    }

    /// A branch with the snapshot that it began from and the cloud that serves it.
    private record Branch(String snapshot, Cloud cloud) {}

    private final World world;
    private final Opener opener;
    private final ConcurrentSkipListMap<String, Branch> branches = new ConcurrentSkipListMap<>();

    Branches(World world, Opener opener) {
        this.world = world;
        this.opener = opener;
    }

    Map<String, Object> list() {
        List<Map<String, Object>> all = branches.entrySet().stream()
                .map(branch -> shown(branch.getKey(), branch.getValue()))
                .toList();
        return Map.of("branches", all);
    }

    private static Map<String, Object> shown(String name, Branch branch) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        shown.put("snapshot", branch.snapshot());
        shown.put("port", branch.cloud().port());
        shown.put("endpoint", "http://localhost:" + branch.cloud().port());
        return shown;
    }

    /// Begins the branch `name` from `snapshot`, by default from the present, which is then a snapshot of its
    /// name.
    Map<String, Object> open(Map<String, String> order) throws IOException {
        String name = StateApi.required(order, "name");
        if (branches.containsKey(name)) {
            throw new IllegalArgumentException("There is a branch '" + name + "' already.");
        }
        int port = Integer.parseInt(order.getOrDefault("port", "0"));
        String snapshot = order.getOrDefault("snapshot", "");
        String from = snapshot.isEmpty() ? world.snapshots().save(name).name() : snapshot;
        var branch = new Branch(from, opener.open(world.branch(from), port));
        branches.put(name, branch);
        return shown(name, branch);
    }

    Map<String, Object> close(String name) {
        Branch branch = branches.remove(name);
        if (branch == null) {
            throw new IllegalArgumentException("There is no branch '" + name + "'.");
        }
        branch.cloud().close();
        return Map.of("closed", true);
    }

    @Override
    public void close() {
        branches.keySet().forEach(this::close);
    }
}
