package dev.cloudjar.kernel;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What calls are at work on while they last, for services that refuse others the same meanwhile. It is kept in
/// memory and ends with the calls: a node knows of its own, and what others do the store puts in order.
public final class Ongoing<K> {
    private final Map<K, Work> things = new ConcurrentHashMap<>();

    Ongoing() {}

    /// Whether a call is at work on `thing`.
    public boolean has(K thing) {
        return !things.isEmpty() && things.containsKey(thing);
    }

    /// The work of one call, to be closed when it is answered.
    public Work begin() {
        return new Work();
    }

    /// What one call is at work on.
    public final class Work implements AutoCloseable {
        private final Set<K> mine = new HashSet<>();

        private Work() {}

        /// Takes all of `wanted`, which may be its own already, unless other calls are at work on some: then
        /// none, and it answers those.
        public Set<K> take(Set<K> wanted) {
            synchronized (things) {
                Set<K> taken = wanted.stream()
                        .filter(thing -> things.getOrDefault(thing, this) != this)
                        .collect(Collectors.toSet());
                if (taken.isEmpty()) {
                    wanted.forEach(thing -> things.put(thing, this));
                    mine.addAll(wanted);
                }
                return taken;
            }
        }

        @Override
        public void close() {
            mine.forEach(things::remove);
        }
    }
}
