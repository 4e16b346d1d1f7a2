package dev.cloudjar.kernel;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The tables that the services of a world have opened, by name, for work that the kernel does on all of them.
final class Tables {
    private final ConcurrentSkipListMap<String, Table<?, ?>> tables = new ConcurrentSkipListMap<>();

    /// Notes a table; of several with one name, that whose owner wants to be told of expired rows counts.
    <T extends Table<?, ?>> T add(T table) {
        tables.merge(table.name(), table, (old, added) -> added.tellsOwner() ? added : old);
        return table;
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
