package dev.cloudjar.kernel.store;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Who wants to know of changes beneath which prefix. A commit pays for the different lengths of prefix that are
/// watched, not for the number of watchers.
public final class Watches {
    private record Prefix(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Prefix that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private final ConcurrentHashMap<Prefix, Set<Runnable>> watchers = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Integer> lengths = new ConcurrentSkipListSet<>();

    public Store.Watch watch(byte[] prefix, Runnable changed) {
        var key = new Prefix(prefix);
        Runnable own = changed::run;
        lengths.add(prefix.length);
        watchers.compute(key, (_, set) -> {
            Set<Runnable> grown = set == null ? ConcurrentHashMap.newKeySet() : set;
            grown.add(own);
            return grown;
        });
        return () -> watchers.computeIfPresent(key, (_, set) -> {
            set.remove(own);
            return set.isEmpty() ? null : set;
        });
    }

    public boolean isEmpty() {
        return watchers.isEmpty();
    }

    /// Everything may have changed.
    public void all() {
        watchers.values().forEach(set -> set.forEach(Runnable::run));
    }

    public void changed(byte[] key) {
        for (int length : lengths) {
            if (length > key.length) {
                return;
            }
            Set<Runnable> found = watchers.get(new Prefix(Arrays.copyOf(key, length)));
            if (found != null) {
                found.forEach(Runnable::run);
            }
        }
    }
}
