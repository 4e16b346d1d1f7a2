package dev.cloudjar.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// All resources of one [Kind] in the scope of the call, with what AWS does alike for all: tags, pages, and the
/// error for one that is not there.
public final class Shelf<R extends Resource> {
    /// The tags of one resource.
    record Tags(Key key, Map<String, String> tags) implements Row<Tags.Key> {
        record Key(String kind, String id) {}
    }

    private final Kind<R> kind;
    private final Table<String, R> rows;
    private final Table<Tags.Key, Tags> tags;
    private final Tokens tokens;

    Shelf(World world, Kind<R> kind) {
        this.kind = kind;
        this.rows = Table.of(world, kind.service() + '.' + kind.name(), kind.rows(), kind.scope(), Optional.empty());
        this.tags = new Table<>(world.transactions(), "kernel.tags", Tags.class, kind.scope());
        this.tokens = world.tokens();
    }

    public Kind<R> kind() {
        return kind;
    }

    /// The ARN of a resource in the account and region of the call.
    public Arn arn(String id) {
        return Arn.here(kind.service(), kind.arn().apply(id));
    }

    /// Puts `resource` there unless its id is taken; false where it is.
    public boolean create(R resource, Map<String, String> tagged) {
        boolean created = rows.create(resource);
        if (created && !tagged.isEmpty()) {
            tag(resource.id(), tagged);
        }
        return created;
    }

    public Optional<R> find(String id) {
        return rows.find(id);
    }

    /// The resource, or AWS's refusal where there is none.
    public R get(String id) {
        return rows.find(id).orElseThrow(() -> kind.missing().apply(id));
    }

    public R update(String id, UnaryOperator<R> change) {
        return rows.update(id, change).orElseThrow(() -> kind.missing().apply(id));
    }

    /// Removes the resource and its tags, or throws AWS's refusal where there is none.
    public void remove(String id) {
        if (!rows.remove(id)) {
            throw kind.missing().apply(id);
        }
        tags.remove(tagKey(id));
    }

    /// The resources that `keep` accepts, in the order of their ids, a page of them.
    public Page<R> page(Paging paging, Predicate<R> keep) {
        Span span = paging.token()
                .map(token -> Span.ALL.from(tokens.open(scope(), token).orElseThrow(paging.badToken())))
                .orElse(Span.ALL);
        List<R> found = rows.rows(span).filter(keep).limit(paging.limit() + 1L).toList();
        if (found.size() <= paging.limit()) {
            return new Page<>(found, Optional.empty());
        }
        String next = tokens.seal(scope(), found.getLast().id());
        return new Page<>(found.subList(0, paging.limit()), Optional.of(next));
    }

    private String scope() {
        Call call = Call.current();
        return call.request().operation() + '/' + call.account() + '/' + call.region() + '/' + kind.name();
    }

    public Map<String, String> tags(String id) {
        return tags.find(tagKey(id)).map(Tags::tags).orElse(Map.of());
    }

    /// Adds tags, over those with the same keys.
    public void tag(String id, Map<String, String> more) {
        var all = new LinkedHashMap<>(tags(id));
        all.putAll(more);
        tags.put(new Tags(tagKey(id), all));
    }

    public void untag(String id, Set<String> keys) {
        var rest = new LinkedHashMap<>(tags(id));
        rest.keySet().removeAll(keys);
        tags.put(new Tags(tagKey(id), rest));
    }

    private Tags.Key tagKey(String id) {
        return new Tags.Key(kind.service() + '.' + kind.name(), id);
    }
}
