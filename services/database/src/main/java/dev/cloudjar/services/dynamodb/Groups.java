package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The global tables of the first version (2017.11.29): names under which an account's tables of several regions
/// are one.
final class Groups {
    static final String VERSION = "2017.11.29";

    /// A global table: its name, and the regions that have a replica.
    record Group(String key, Instant created, List<String> regions) implements Row<String> {
        boolean isIn(String region) {
            return regions.contains(region);
        }
    }

    private final Table<String, Group> rows;

    Groups(Kernel kernel) {
        this.rows = kernel.table(Group.class, Scope.ACCOUNT);
    }

    Optional<Group> find(String name) {
        return rows.find(name);
    }

    /// Whether the table `name` of this region is a replica of a global table of the first version.
    boolean has(String name) {
        return rows.find(name)
                .filter(group -> group.isIn(Call.current().region()))
                .isPresent();
    }

    Stream<Group> after(Optional<String> name) {
        return rows.rows(name.map(start -> Span.ALL.from(start + '\0')).orElse(Span.ALL));
    }

    Group put(Group group) {
        return rows.put(group);
    }

    /// Has a global table forget the replica of this region; one without replicas is none.
    void leave(String name) {
        String region = Call.current().region();
        rows.find(name).filter(group -> group.isIn(region)).ifPresent(group -> {
            List<String> rest = group.regions().stream()
                    .filter(each -> !each.equals(region))
                    .toList();
            if (rest.isEmpty()) {
                rows.remove(name);
            } else {
                rows.put(new Group(name, group.created(), rest));
            }
        });
    }
}
