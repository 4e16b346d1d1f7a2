package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A directory in memory that crashes, fills up and fails as told, and forgets what was not synced when the power
/// goes: bytes of files, and their names.
final class SimulatedFolder implements Folder {
    private static final Path PATH = Path.of("world", "rows");

    private final SimulatedMachine machine;
    private final List<Map<String, SimulatedDisk>> since = new ArrayList<>();
    private Map<String, SimulatedDisk> names = new TreeMap<>();

    SimulatedFolder(Map<String, byte[]> files, SplittableRandom random) {
        this.machine = new SimulatedMachine(random);
        files.forEach((name, content) -> names.put(name, new SimulatedDisk(content, machine)));
        since.add(names);
    }

    SimulatedFolder() {
        this(Map.of(), new SplittableRandom(1));
    }

    SimulatedMachine machine() {
        return machine;
    }

    /// What another process finds after this one died.
    Map<String, byte[]> afterProcessDeath() {
        machine.stop();
        Map<String, byte[]> left = new TreeMap<>();
        names.forEach((name, disk) -> left.put(name, disk.cached()));
        return left;
    }

    /// What is found after the power went: the names as they were at some moment since they were last synced, and
    /// of the files what each had.
    Map<String, byte[]> afterPowerLoss() {
        machine.stop();
        Map<String, byte[]> left = new TreeMap<>();
        since.get(machine.random().nextInt(since.size()))
                .forEach((name, disk) -> left.put(name, disk.afterPowerLoss()));
        return left;
    }

    private void change(Map<String, SimulatedDisk> to) {
        names = to;
        since.add(to);
    }

    @Override
    public Collection<String> names() {
        return List.copyOf(names.keySet());
    }

    @Override
    public Disk open(String name) throws IOException {
        SimulatedDisk there = names.get(name);
        if (there != null) {
            return there;
        }
        machine.step("No space left on device");
        var made = new SimulatedDisk(new byte[0], machine);
        Map<String, SimulatedDisk> more = new TreeMap<>(names);
        more.put(name, made);
        change(more);
        return made;
    }

    @Override
    public Disk read(String name) throws IOException {
        SimulatedDisk there = names.get(name);
        if (there == null) {
            throw new NoSuchFileException(name);
        }
        return there;
    }

    @Override
    public void move(String from, String to) throws IOException {
        machine.step("Input/output error");
        Map<String, SimulatedDisk> moved = new TreeMap<>(names);
        SimulatedDisk disk = moved.remove(from);
        if (disk == null) {
            throw new NoSuchFileException(from);
        }
        moved.put(to, disk);
        change(moved);
    }

    @Override
    public void delete(String name) throws IOException {
        machine.step("Input/output error");
        Map<String, SimulatedDisk> rest = new TreeMap<>(names);
        if (rest.remove(name) != null) {
            change(rest);
        }
    }

    @Override
    public void force() throws IOException {
        machine.step("Input/output error");
        since.clear();
        since.add(names);
    }

    @Override
    public Path path(String name) {
        return PATH.resolve(name);
    }
}
