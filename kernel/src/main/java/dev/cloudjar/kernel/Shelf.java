package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Kind.Traits;
import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// All resources of one [Kind] in the scope of the call, with what AWS does alike for all: ids, tags, filters,
/// pages, quotas, and the error for one that is not there.
public final class Shelf<R extends Resource> {
    private static final int ID_DIGITS = 17;

    private final Kind<R> kind;
    private final String name;
    private final Table<String, R> rows;
    private final Table<Tags.Key, Tags> tags;
    private final World world;

    Shelf(World world, String service, Kind<R> kind) {
        this.world = world;
        this.kind = kind;
        this.name = service + '.' + kind.name();
        Consumer<R> ended = resource -> forgetTags(resource.id());
        this.rows = Table.of(
                world, name, kind.rows(), kind.scope(), Optional.of(ended).filter(_ -> isExpiring(kind)));
        this.tags = tags(world, kind.scope());
    }

    private static boolean isExpiring(Kind<?> kind) {
        return Expiring.class.isAssignableFrom(kind.rows());
    }

    static Table<Tags.Key, Tags> tags(World world, Scope scope) {
        return new Table<>(world.transactions(), "kernel.tags", Tags.class, scope);
    }

    public Kind<R> kind() {
        return kind;
    }

    /// The ARN of a resource in the account and region of the call.
    public Arn arn(String id) {
        return kind.arnOf(id);
    }

    /// Puts `resource` there unless its id is taken; false where it is.
    public boolean create(R resource, Map<String, String> tagged) {
        if (rows.has(resource.id())) {
            return false;
        }
        checkQuota();
        kind.traits().tags().check(resource.id(), tagged, tagged);
        if (!tagged.isEmpty()) {
            tags.put(new Tags(tagKey(resource.id()), tagged));
        }
        return rows.create(resource);
    }

    /// Makes a resource under a new id of AWS's making.
    public R create(Map<String, String> tagged, Function<String, R> make) {
        R made = make.apply(world.ids().hex(kind.traits().prefix(), ID_DIGITS));
        if (!create(made, tagged)) {
            throw new IllegalStateException(made.id() + " is there already");
        }
        return made;
    }

    /// Refuses where the account has as many as it may have.
    public void checkQuota() {
        kind.traits()
                .quota()
                .filter(quota -> rows.count(Span.ALL) >= quota.most())
                .ifPresent(quota -> {
                    throw quota.refusal().get();
                });
    }

    public Optional<R> find(String id) {
        return rows.find(id);
    }

    /// The resource, or AWS's refusal where there is none.
    public R get(String id) {
        return rows.find(id).orElseThrow(() -> kind.missing().apply(id));
    }

    /// All resources, in the order of their ids.
    public Stream<R> all() {
        return rows.rows(Span.ALL);
    }

    /// The resources whose ids lie in `span`, in the order of their ids.
    public Stream<R> rows(Span span) {
        return rows.rows(span);
    }

    public R put(R resource) {
        return rows.put(resource);
    }

    public R update(String id, UnaryOperator<R> change) {
        return rows.update(id, change).orElseThrow(() -> kind.missing().apply(id));
    }

    /// Removes the resource and its tags, or throws AWS's refusal where there is none.
    public void remove(String id) {
        if (!rows.remove(id)) {
            throw kind.missing().apply(id);
        }
        forgetTags(id);
    }

    /// The resources that `keep` accepts, in the order of their ids, a page of them.
    public Page<R> page(Paging paging, Predicate<R> keep) {
        return world.tokens()
                .page(
                        paging,
                        kind.name(),
                        start -> rows.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(keep),
                        Resource::id);
    }

    /// Whether a resource meets all of `filters`: those that the kind declares, `tag:KEY`, `tag-key` and
    /// `tag-value`. `unknown` refuses any other.
    public Predicate<R> filter(List<Filter> filters, Function<String, AwsError> unknown) {
        Traits<R> traits = kind.traits();
        List<Predicate<R>> conditions = new ArrayList<>();
        for (Filter filter : filters) {
            Function<R, List<String>> declared = traits.filters().get(filter.name());
            if (declared != null) {
                conditions.add(resource -> filter.matches(declared.apply(resource)));
            } else {
                conditions.add(byTags(filter).orElseThrow(() -> unknown.apply(filter.name())));
            }
        }
        return resource -> conditions.stream().allMatch(condition -> condition.test(resource));
    }

    private Optional<Predicate<R>> byTags(Filter filter) {
        if (filter.name().startsWith(Filter.TAG)) {
            String key = filter.name().substring(Filter.TAG.length());
            return Optional.of(resource -> filter.matches(
                    Optional.ofNullable(tags(resource.id()).get(key)).stream().toList()));
        }
        return switch (filter.name()) {
            case Filter.TAG_KEY ->
                Optional.of(resource ->
                        filter.matches(List.copyOf(tags(resource.id()).keySet())));
            case Filter.TAG_VALUE ->
                Optional.of(resource ->
                        filter.matches(List.copyOf(tags(resource.id()).values())));
            default -> Optional.empty();
        };
    }

    public Map<String, String> tags(String id) {
        return tags.find(tagKey(id)).map(Tags::tags).orElse(Map.of());
    }

    /// Adds tags, over those with the same keys, or throws AWS's refusal where they break its rules.
    public void tag(String id, Map<String, String> more) {
        var all = new LinkedHashMap<>(tags(id));
        all.putAll(more);
        kind.traits().tags().check(id, more, all);
        tags.put(new Tags(tagKey(id), all));
    }

    public void untag(String id, Set<String> keys) {
        tags.update(tagKey(id), old -> {
            var rest = new LinkedHashMap<>(old.tags());
            rest.keySet().removeAll(keys);
            return new Tags(old.key(), rest);
        });
    }

    private void forgetTags(String id) {
        tags.remove(tagKey(id));
    }

    private Tags.Key tagKey(String id) {
        return new Tags.Key(name, id);
    }
}
