package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A file in memory that crashes, fills up and fails as told, and forgets what was not synced when the power
/// goes.
final class SimulatedDisk implements Disk {
    /// The process is dead: nothing it does from here on has an effect.
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final int SECTOR = 512;

    private final SplittableRandom random;
    private byte[] synced;
    private byte[] cached;
    private final List<byte[]> sinceSynced = new ArrayList<>();
    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private int failing;
    private boolean dead;

    SimulatedDisk(byte[] content, SplittableRandom random) {
        this.synced = content;
        this.cached = content;
        this.random = random;
    }

    long operations() {
        return operations;
    }

    /// Dies at operation number `operation`, somewhere within it if it is a write.
    void crashAt(long operation) {
        crashAt = operation;
    }

    /// From now on `oneIn` of so many writes, syncs and truncations fails; 0 for none.
    void failing(int oneIn) {
        failing = oneIn;
    }

    /// What another process finds after this one died.
    byte[] afterProcessDeath() {
        dead = true;
        return cached;
    }

    /// What is found after the power went: of each sector any of its contents since the last sync.
    byte[] afterPowerLoss() {
        dead = true;
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
        int which = random.nextInt(sinceSynced.size() + 1);
        return which == 0 ? synced : sinceSynced.get(which - 1);
    }

    private void begin() {
        if (dead) {
            throw new Crash();
        }
        operations++;
    }

    private boolean crashes() {
        dead = operations == crashAt;
        return dead;
    }

    private boolean fails() {
        return failing > 0 && random.nextInt(failing) == 0;
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
        begin();
        boolean fails = fails();
        boolean crashes = crashes();
        int length = from.remaining();
        if (crashes || fails || random.nextInt(8) == 0) {
            length = random.nextInt(crashes ? 0 : 1, length + 1);
        }
        byte[] changed = Arrays.copyOf(cached, Math.max(cached.length, (int) at + length));
        from.get(changed, (int) at, length);
        change(changed);
        if (crashes) {
            throw new Crash();
        }
        if (fails) {
            throw new IOException("No space left on device");
        }
        return length;
    }

    @Override
    public void truncate(long size) throws IOException {
        begin();
        if (crashes()) {
            throw new Crash();
        }
        if (fails()) {
            throw new IOException("Input/output error");
        }
        if (size < cached.length) {
            change(Arrays.copyOf(cached, (int) size));
        }
    }

    @Override
    public void force() throws IOException {
        begin();
        if (crashes()) {
            throw new Crash();
        }
        if (fails()) {
            throw new IOException("Input/output error");
        }
        synced = cached;
        sinceSynced.clear();
    }

    @Override
    public void forceName() {
        begin();
        if (crashes()) {
            throw new Crash();
        }
    }

    @Override
    public void close() {
        dead = true;
    }
}
