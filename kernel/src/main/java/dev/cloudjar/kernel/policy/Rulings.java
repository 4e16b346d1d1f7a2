package dev.cloudjar.kernel.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The latest decisions about principals who are judged, newest last; older ones are forgotten.
public final class Rulings {
    private static final int MOST = 10_000;

    private final Deque<Ruling> latest = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    void add(Ruling ruling) {
        lock.lock();
        try {
            if (latest.size() == MOST) {
                latest.removeFirst();
            }
            latest.addLast(ruling);
        } finally {
            lock.unlock();
        }
    }

    public List<Ruling> all() {
        lock.lock();
        try {
            return List.copyOf(latest);
        } finally {
            lock.unlock();
        }
    }
}
