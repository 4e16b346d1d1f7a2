package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Call;
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
    private volatile Known known = new Known();

    /// What was read since the last change. An answer that was on its way when something changed goes into the
    /// one that the change did away with.
    private static final class Known {
        private final Map<String, Optional<Limits>> limits = new ConcurrentHashMap<>();
        private volatile boolean none;
    }

    LimitBook(World world, Documents documents) {
        this.world = world;
        this.table = world.table(TABLE, Limits.class);
        this.documents = documents;
        table.watch(() -> known = new Known());
    }

    Optional<Limits> of(String account) {
        Known now = known;
        if (now.none) {
            return Optional.empty();
        }
        Optional<Limits> limits = now.limits.get(account);
        if (limits != null) {
            return limits;
        }
        return Call.isTransacting() ? table.find(account) : learned(now, account);
    }

    /// What is read amid a transaction may be older than the last change that was heard of, and is not learned.
    private Optional<Limits> learned(Known now, String account) {
        Optional<Limits> limits = world.asKernel(() -> table.find(account));
        now.limits.put(account, limits);
        now.none = limits.isEmpty() && world.asKernel(() -> table.count(Span.ALL)) == 0;
        return limits;
    }

    /// Reads what there is of `account` before a transaction that will ask for it, unless that is known.
    void learn(String account) {
        var _ = of(account);
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
