package dev.cloudjar.kernel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The latest decisions about principals who are judged, newest last; older ones are forgotten.
public final class Rulings {
    private static final int MOST = 10_000;

    private final AtomicReferenceArray<Ruling> ring = new AtomicReferenceArray<>(MOST);
    private final AtomicLong count = new AtomicLong();

    void add(Ruling ruling) {
        ring.set((int) (count.getAndIncrement() % MOST), ruling);
    }

    public List<Ruling> all() {
        long end = count.get();
        var all = new ArrayList<Ruling>();
        for (long i = Math.max(0, end - MOST); i < end; i++) {
            Ruling ruling = ring.get((int) (i % MOST));
            if (ruling != null) {
                all.add(ruling);
            }
        }
        return all;
    }
}
