package dev.cloudjar.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The tables and shelves that the services of a world have opened, for work that the kernel does on all of them.
final class Tables {
    private final ConcurrentSkipListMap<String, Table<?, ?>> tables = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<String, Tally> tallies = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Kind<?>, Shelf<?>> shelves = new ConcurrentHashMap<>();

    /// Notes a table; of several with one name, that whose owner wants to be told of expired rows counts.
    <T extends Table<?, ?>> T add(T table) {
        tables.merge(table.name(), table, (old, added) -> added.tellsOwner() ? added : old);
        return table;
    }

    /// The one tally of this name.
    Tally tally(World world, String name, Duration kept) {
        return tallies.computeIfAbsent(name, _ -> new Tally(world, name, kept));
    }

    Collection<Tally> tallies() {
        return tallies.values();
    }

    /// The one shelf of a kind.
    @SuppressWarnings("unchecked")
    <R extends Resource> Shelf<R> shelf(World world, String service, Kind<R> kind) {
        return (Shelf<R>) shelves.computeIfAbsent(kind, _ -> new Shelf<>(world, service, kind));
    }

    Optional<Table<?, ?>> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /// The tables of `service` whose keys begin with a [Lot].
    List<Table<?, ?>> inLots(String service) {
        return tables.subMap(service + '.', service + '/').values().stream()
                .filter(Table::isInLots)
                .toList();
    }
}
