package dev.cloudjar.kernel.store;

import static dev.cloudjar.kernel.store.Rows.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.Store.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Rows of a store whose keys have 3,000 bytes in which nothing repeats, alike in their first 2,400 bytes or
/// not at all.
final class LongKeys {
    private final Store store;
    private final SplittableRandom random = new SplittableRandom(7);
    private final String alike = "long-" + letters(2400);
    private final TreeMap<String, Long> model = new TreeMap<>();

    LongKeys(Store store) {
        this.store = store;
        for (long i = 0; i < 40; i++) {
            model.put(i % 2 == 0 ? alike + letters(600) : "long-" + letters(3000), i);
        }
    }

    void areInOrderAndKeptApart() {
        model.forEach((key, value) -> Rows.put(store, key, value + 1));
        model.forEach((key, value) -> Rows.put(store, key, value));
        String gone = model.firstKey();
        model.remove(gone);
        store.transact(Origin.NONE, tx -> {
            tx.delete(key(gone));
            return true;
        });

        assertThat(Rows.get(store, gone)).isZero();
        model.forEach((key, value) -> assertThat(Rows.get(store, key)).isEqualTo(value));
        assertThat(keys("long-", false)).containsExactlyElementsOf(model.keySet());
        assertThat(keys("long-", true)).containsExactlyElementsOf(model.descendingKeySet());
        assertThat(keys(alike, true))
                .containsExactlyElementsOf(model.descendingMap().keySet().stream()
                        .filter(key -> key.startsWith(alike))
                        .toList());
        assertThat(store.<Long>transact(Origin.NONE, tx -> tx.count(key(alike), Keys.after(key(alike)))))
                .isEqualTo(keys(alike, false).size())
                .isGreaterThan(18);
    }

    private List<String> keys(String prefix, boolean descending) {
        return store.transact(Origin.NONE, tx -> {
            var keys = new ArrayList<String>();
            Tx.Cursor rows = tx.range(key(prefix), Keys.after(key(prefix)), descending);
            while (rows.next()) {
                keys.add(Rows.text(rows.key()));
            }
            return keys;
        });
    }

    private String letters(int count) {
        return random.ints(count, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
