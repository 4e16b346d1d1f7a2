package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether what transactions saw and did can be put into one order: each row is the list of the transactions
/// that wrote it, and each write appends to what was there.
///
/// So the rows at the end tell in which order the writes came, and each reading tells between which writes it
/// stood. From that, and from what was over before what else began, follows who must come before whom: if that
/// has no cycle, the history is strictly serializable.
public final class Chronology {
    /// One committed transaction: what it read of each row, and to which rows it appended itself.
    public record Done(int id, int begun, int ended, Map<Integer, int[]> read, Set<Integer> written) {}

    private final String name;
    private final List<Done> all;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final boolean[][] before;

    public Chronology(String name, Collection<Done> all) {
        this.name = name;
        this.all = List.copyOf(all);
        this.all.forEach(done -> places.put(done.id(), places.size()));
        this.before = new boolean[all.size()][all.size()];
    }

    /// Takes what stands in `row` in the end.
    public void row(int row, int[] order) {
        for (Done done : all) {
            int[] read = done.read().get(row);
            if (read != null) {
                assertThat(Arrays.copyOf(order, read.length))
                        .as("%s: transaction %d read what never was", name, done.id())
                        .isEqualTo(read);
                link(done.id(), order, read.length);
            }
            if (done.written().contains(row)) {
                assertThat(order).as("%s: a write was lost", name).containsOnlyOnce(done.id());
                link(done.id(), order, indexOf(done.id(), order));
            }
        }
    }

    private static int indexOf(int id, int[] order) {
        int at = 0;
        while (order[at] != id) {
            at++;
        }
        return at;
    }

    /// A reading of `length` writes comes after the last of them and before the next.
    private void link(int reader, int[] order, int length) {
        if (length > 0) {
            before[place(order[length - 1])][place(reader)] = true;
        }
        if (length < order.length && order[length] != reader) {
            before[place(reader)][place(order[length])] = true;
        }
    }

    private int place(int id) {
        return places.getOrDefault(id, -1);
    }

    /// Once all rows were taken: fails where there is no such order.
    public void check() {
        for (Done one : all) {
            for (Done other : all) {
                if (one.ended() < other.begun()) {
                    before[place(one.id())][place(other.id())] = true;
                }
            }
        }
        int[] earlier = new int[before.length];
        var free = new ArrayList<Integer>();
        for (int i = 0; i < before.length; i++) {
            for (boolean[] row : before) {
                earlier[i] += row[i] ? 1 : 0;
            }
            if (earlier[i] == 0) {
                free.add(i);
            }
        }
        int ordered = 0;
        while (!free.isEmpty()) {
            int next = free.removeLast();
            ordered++;
            for (int i = 0; i < before.length; i++) {
                if (before[next][i] && --earlier[i] == 0) {
                    free.add(i);
                }
            }
        }
        assertThat(ordered).as("%s: transactions that have an order", name).isEqualTo(before.length);
    }
}
