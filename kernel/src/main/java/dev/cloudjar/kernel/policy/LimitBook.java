package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Policies.Controls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What organizations lay upon accounts, read once and read again when it changes. A world without an
/// organization pays nothing for it.
public final class LimitBook {
    /// Where Organizations writes it. As long as the agenda's name: a commit pays for different lengths of what
    /// is watched.
    public static final String TABLE = "limits";

    private final World world;
    private final Table<String, Limits> table;
    private final Documents documents;
    private final Map<String, Optional<Limits>> known = new ConcurrentHashMap<>();
    private volatile boolean empty;

    LimitBook(World world, Documents documents) {
        this.world = world;
        this.table = world.table(TABLE, Limits.class);
        this.documents = documents;
        table.watch(this::forget);
        forget();
    }

    private void forget() {
        known.clear();
        empty = false;
    }

    Optional<Limits> of(String account) {
        if (empty) {
            return Optional.empty();
        }
        Optional<Limits> limits = known.get(account);
        if (limits == null) {
            limits = world.asKernel(() -> table.find(account));
            known.put(account, limits);
            empty = limits.isEmpty() && world.asKernel(() -> table.count(Span.ALL)) == 0;
        }
        return limits;
    }

    /// What limits a principal of `caller` and a resource of `owner`.
    Controls controls(String caller, String owner, boolean linked) {
        List<Limits.Level> services = of(caller)
                .filter(limits -> !limits.place().management() && !linked)
                .map(Limits::services)
                .orElse(List.of());
        List<Limits.Level> resources = of(owner)
                .filter(limits -> !limits.place().management() && !linked)
                .map(Limits::resources)
                .orElse(List.of());
        return services.isEmpty() && resources.isEmpty()
                ? Controls.NONE
                : new Controls(levels(services, Grammar.SERVICE_CONTROL), levels(resources, Grammar.RESOURCE_CONTROL));
    }

    private List<List<Attached>> levels(List<Limits.Level> levels, Grammar grammar) {
        return levels.stream()
                .map(level -> level.policies().stream()
                        .map(text -> new Attached(text.name(), documents.of(text.document(), grammar)))
                        .toList())
                .toList();
    }
}
