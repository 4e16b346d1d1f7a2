package dev.cloudjar.kernel.store;

import dev.cloudjar.kernel.store.SimulatedMachine.Crash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file of a [SimulatedFolder]: writes may be short, and what was not synced may be lost by the sector.
final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    private final SimulatedMachine machine;
    private final List<byte[]> sinceSynced = new ArrayList<>();
    private byte[] synced;
    private byte[] cached;

    SimulatedDisk(byte[] content, SimulatedMachine machine) {
        this.synced = content;
        this.cached = content;
        this.machine = machine;
    }

    /// What this process, or another after it died, reads.
    byte[] cached() {
        return cached;
    }

    /// What is found after the power went: of each sector any of its contents since the last sync.
    byte[] afterPowerLoss() {
        byte[] sizedAs = version();
        byte[] left = new byte[sizedAs.length];
        for (int at = 0; at < left.length; at += SECTOR) {
            byte[] from = version();
            int length = Math.min(SECTOR, Math.min(left.length, from.length) - at);
            if (length > 0) {
                System.arraycopy(from, at, left, at, length);
            }
        }
        return left;
    }

    private byte[] version() {
        int which = machine.random().nextInt(sinceSynced.size() + 1);
        return which == 0 ? synced : sinceSynced.get(which - 1);
    }

    private void change(byte[] to) {
        cached = to;
        sinceSynced.add(to);
    }

    @Override
    public long size() {
        return cached.length;
    }

    @Override
    public void read(ByteBuffer into, long at) {
        int length = (int) Math.max(0, Math.min(into.remaining(), cached.length - at));
        into.put(cached, (int) at, length);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        boolean dies = machine.dies();
        boolean fails = machine.fails();
        int length = from.remaining();
        if (dies || fails || machine.random().nextInt(8) == 0) {
            length = machine.random().nextInt(dies ? 0 : 1, length + 1);
        }
        byte[] changed = Arrays.copyOf(cached, Math.max(cached.length, (int) at + length));
        from.get(changed, (int) at, length);
        change(changed);
        if (dies) {
            throw new Crash();
        }
        if (fails) {
            throw new IOException("No space left on device");
        }
        return length;
    }

    @Override
    public void truncate(long size) throws IOException {
        machine.step("Input/output error");
        if (size < cached.length) {
            change(Arrays.copyOf(cached, (int) size));
        }
    }

    @Override
    public void force() throws IOException {
        machine.step("Input/output error");
        synced = cached;
        sinceSynced.clear();
    }

    @Override
    public void close() {
        // A simulated file needs nothing to be closed.
    }
}
