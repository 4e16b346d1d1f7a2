package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Vocabulary.Named;
import dev.cloudjar.kernel.Vocabulary.Place;
import dev.cloudjar.kernel.store.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How two versions of a world differ, in AWS's words: resources attribute by attribute, and of other rows, such
/// as messages and items, how many and some of them. The order is that of kinds, ARNs and tables, so that equal
/// differences look equal.
///
/// @param resources what happened to resources that are declared as a [Kind]
/// @param others what happened to all other rows
public record Diff(List<Changed> resources, List<Others> others) {
    /// A value before and after; null where there was or is none.
    public record Attribute(
            @Nullable Object before, @Nullable Object after) {}

    /// A resource that was `added`, `removed` or `changed`, with the attributes that are not as they were.
    public record Changed(String kind, String arn, String change, Map<String, Attribute> attributes) {}

    /// The other rows of one table in one account and region: how many were added, removed and changed.
    public record Others(
            String table, String account, String region, Counts counts, List<Map<String, Attribute>> samples) {}

    /// How many rows.
    public record Counts(long added, long removed, long changed) {}

    private static final int SAMPLES = 3;
    private static final String TAGS = "tags";
    private static final Set<String> LOT = Set.of("number", "emptied");

    public boolean isEmpty() {
        return resources.isEmpty() && others.isEmpty();
    }

    /// What happened from `before` to `after`.
    static Diff between(World world, Version before, Version after) {
        var vocabulary = new Vocabulary(world);
        var tellings = new Tellings(world, vocabulary, List.of(before, after));
        var collected = new Collecting(vocabulary, tellings, before, after);
        before.differences(after, collected::add);
        return collected.result();
    }

    private static final class Collecting {
        private final Vocabulary vocabulary;
        private final Tellings tellings;
        private final Version before;
        private final Version after;
        private final Map<String, Changed> resources = new TreeMap<>();
        private final Map<String, Others> others = new TreeMap<>();

        Collecting(Vocabulary vocabulary, Tellings tellings, Version before, Version after) {
            this.vocabulary = vocabulary;
            this.tellings = tellings;
            this.before = before;
            this.after = after;
        }

        void add(byte[] key, byte @Nullable [] was, byte @Nullable [] is) {
            Named named = vocabulary.name(key);
            if (named.isHousekeeping()) {
                return;
            }
            named.resource()
                    .ifPresentOrElse(
                            resource -> resources.merge(
                                    resource.kind() + ' ' + resource.arn(),
                                    changed(named, resource, was, is),
                                    Collecting::joined),
                            () -> count(named.place(), was, is));
        }

        private Changed changed(
                Named named, Vocabulary.Resource resource, byte @Nullable [] was, byte @Nullable [] is) {
            Map<String, Attribute> attributes = attributes(was, is);
            if (named.tags()) {
                attributes.keySet().retainAll(Set.of(TAGS));
            } else {
                attributes.remove("key");
                attributes.values().removeIf(each -> isLot(each.before()) || isLot(each.after()));
            }
            return new Changed(resource.kind(), resource.arn(), named.tags() ? "changed" : change(was, is), attributes);
        }

        /// Whether a value says what belongs to the resource, which nobody but the kernel takes an interest in.
        private static boolean isLot(@Nullable Object value) {
            return value instanceof Map<?, ?> parts && parts.keySet().equals(LOT);
        }

        private static String change(byte @Nullable [] was, byte @Nullable [] is) {
            return was == null ? "added" : is == null ? "removed" : "changed";
        }

        /// The row of a resource and that of its tags tell of the same resource.
        private static Changed joined(Changed one, Changed other) {
            Map<String, Attribute> all = new LinkedHashMap<>(one.attributes());
            all.putAll(other.attributes());
            return new Changed(
                    one.kind(), one.arn(), one.change().equals("changed") ? other.change() : one.change(), all);
        }

        private Map<String, Attribute> attributes(byte @Nullable [] was, byte @Nullable [] is) {
            return attributes(row(before, was), row(after, is));
        }

        private static Map<String, @Nullable Object> row(Version version, byte @Nullable [] row) {
            return row == null ? Map.of() : Vocabulary.row(version, row);
        }

        private static Map<String, Attribute> attributes(
                Map<String, @Nullable Object> old, Map<String, @Nullable Object> now) {
            Set<String> names = new LinkedHashSet<>(old.keySet());
            names.addAll(now.keySet());
            Map<String, Attribute> changed = new LinkedHashMap<>();
            for (String name : names) {
                if (!Objects.equals(old.get(name), now.get(name))) {
                    changed.put(name, new Attribute(old.get(name), now.get(name)));
                }
            }
            return changed;
        }

        private void count(Place raw, byte @Nullable [] was, byte @Nullable [] is) {
            Optional<Telling> telling = tellings.of(raw.table());
            Place place = telling.map(
                            each -> tellings.place(each, raw, was == null ? row(after, is) : row(before, was)))
                    .orElse(raw);
            String name = place.table() + ' ' + place.account() + ' ' + place.region();
            Others sofar = others.computeIfAbsent(
                    name,
                    _ -> new Others(
                            place.table(), place.account(), place.region(), new Counts(0, 0, 0), new ArrayList<>()));
            if (sofar.samples().size() < SAMPLES) {
                sofar.samples()
                        .add(telling.map(each -> attributes(read(each, row(before, was)), read(each, row(after, is))))
                                .orElseGet(() -> attributes(was, is)));
            }
            Counts counts = sofar.counts();
            var more = new Counts(
                    counts.added() + (was == null ? 1 : 0),
                    counts.removed() + (is == null ? 1 : 0),
                    counts.changed() + (was != null && is != null ? 1 : 0));
            others.put(name, new Others(place.table(), place.account(), place.region(), more, sofar.samples()));
        }

        private static Map<String, @Nullable Object> read(Telling telling, Map<String, @Nullable Object> row) {
            return row.isEmpty() ? row : telling.reading().apply(row);
        }

        Diff result() {
            return new Diff(List.copyOf(resources.values()), List.copyOf(others.values()));
        }
    }
}
