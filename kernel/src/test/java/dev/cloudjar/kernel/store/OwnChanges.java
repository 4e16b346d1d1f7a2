package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Transactions that read between their own writes, compared with a map.
final class OwnChanges {
    private final Store store;
    private final long seed;
    private final NavigableMap<String, Long> model = new TreeMap<>();

    OwnChanges(Store store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    void runAndCheck() {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            store.transact(Store.Origin.NONE, tx -> {
                for (int step = 0; step < 20; step++) {
                    step(tx, random);
                }
                return true;
            });
        }
    }

    private void step(Tx tx, SplittableRandom random) {
        String name = name(random);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                long value = random.nextLong();
                tx.put(key(name), Rows.number(value));
                model.put(name, value);
            }
            case 2 -> {
                tx.delete(key(name));
                model.remove(name);
            }
            case 3 -> assertThat(Rows.number(tx.get(key(name)))).isEqualTo(model.getOrDefault(name, 0L));
            default -> compareRange(tx, name, name(random), random.nextBoolean());
        }
    }

    private void compareRange(Tx tx, String from, String to, boolean descending) {
        NavigableMap<String, Long> part =
                from.compareTo(to) < 0 ? model.subMap(from, true, to, false) : new TreeMap<>();
        List<String> found = new ArrayList<>();
        for (Tx.Cursor rows = tx.range(key(from), key(to), descending); rows.next(); ) {
            found.add(Rows.text(rows.key()) + "=" + Rows.number(rows.value()));
        }
        List<String> expected = (descending ? part.descendingMap() : part)
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();

        assertThat(found).as("seed %d: from %s to %s", seed, from, to).isEqualTo(expected);
        assertThat(tx.count(key(from), key(to))).as("seed %d", seed).isEqualTo(expected.size());
    }

    private static String name(SplittableRandom random) {
        return "%03d".formatted(random.nextInt(300));
    }
}
