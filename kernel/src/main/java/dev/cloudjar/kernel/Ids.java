package dev.cloudjar.kernel;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/// AWS-shaped ids and other chance: secure, or repeatable from a seed.
public final class Ids {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int POOL = 4096;
    /// How many nodes may share a store.
    public static final int NODES = 1024;

    private final Random random;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] pool = new byte[POOL];
    private int used = POOL;
    private final AtomicLong sequence;
    private final LongUnaryOperator next;

    private Ids(Random random, long firstSequence) {
        this(random, firstSequence, last -> last + 1);
    }

    private Ids(Random random, long firstSequence, LongUnaryOperator next) {
        this.random = random;
        this.sequence = new AtomicLong(firstSequence);
        this.next = next;
    }

    /// Ids that nobody can guess. Sequences begin at the present, so they go on rising after a restart.
    public static Ids secure(InstantSource clock) {
        return new Ids(new SecureRandom(), clock.millis() << 20);
    }

    /// Ids that nobody can guess, and whose sequences no other of up to [#NODES] nodes makes. They follow the
    /// clock, so that those of all nodes are about in the order of time.
    static Ids secure(InstantSource clock, int node) {
        LongUnaryOperator next = last -> Math.max(last + NODES, (clock.millis() << 20) + node);
        return new Ids(new SecureRandom(), (clock.millis() << 20) + node, next);
    }

    /// The same ids every time.
    public static Ids seeded(long seed) {
        return seeded(seed, 0);
    }

    /// The same ids every time. `commits` is how many transactions the world has behind it, so that one opened
    /// again does not make the ids that it made before.
    static Ids seeded(long seed, long commits) {
        return new Ids(new Random(seed + commits * 0x9E3779B97F4A7C15L), (commits << 20) + 1);
    }

    /// `length` random bytes.
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        lock.lock();
        try {
            if (length > POOL) {
                random.nextBytes(bytes);
                return bytes;
            }
            if (used + length > POOL) {
                random.nextBytes(pool);
                used = 0;
            }
            System.arraycopy(pool, used, bytes, 0, length);
            used += length;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /// `prefix` and `digits` random hexadecimal digits: `vpc-0a1b2c3d4e5f67890`.
    public String hex(String prefix, int digits) {
        byte[] bytes = bytes((digits + 1) / 2);
        var id = new StringBuilder(prefix.length() + digits).append(prefix);
        for (int i = 0; i < digits; i++) {
            int nibble = i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2];
            id.append(HEX[nibble & 15]);
        }
        return id.toString();
    }

    /// A version 4 UUID.
    public String uuid() {
        byte[] bytes = bytes(16);
        bytes[6] = (byte) (bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3F | 0x80);
        var id = new StringBuilder(36);
        for (int i = 0; i < bytes.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                id.append('-');
            }
            id.append(HEX[bytes[i] >> 4 & 15]).append(HEX[bytes[i] & 15]);
        }
        return id.toString();
    }

    /// A number greater than all before it.
    public long sequence() {
        return sequence.getAndUpdate(next);
    }
}
