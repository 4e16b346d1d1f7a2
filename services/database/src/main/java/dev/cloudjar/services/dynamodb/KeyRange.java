package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.KeyCondition.Demand;
import dev.cloudjar.services.dynamodb.expression.Predicate;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stretch of keys that a Query asks for: those of one partition, as far as the demands on what orders it
/// allow.
record KeyRange(Blob low, Blob high) implements Queries.Bounds {
    private static final int MOST_FOR_TABLE = 2;

    static KeyRange of(Source source, KeyCondition condition) {
        KeyRange range = of(source.keys(), condition.demands());
        KeyChecks.checkDemanded(source, condition.demands());
        return range;
    }

    private static KeyRange of(Keys keys, Map<String, Demand> demands) {
        if (demands.isEmpty() || demands.size() > Math.max(MOST_FOR_TABLE, keys.size())) {
            throw Refusals.invalid("Conditions can be of length 1 or 2 only");
        }
        List<Value.Scalar> hash = new ArrayList<>();
        for (KeyAttribute attribute : keys.hash()) {
            Demand demand = demands.get(attribute.name());
            if (demand == null) {
                throw missed(attribute.name());
            }
            if (!demand.isEquality()) {
                throw Refusals.invalid("Query key condition not supported");
            }
            hash.add(scalar(attribute, demand.values().getFirst()));
        }
        demands.keySet().stream().filter(name -> !keys.has(name)).findFirst().ifPresent(name -> {
            throw keys.range().isEmpty()
                            || demands.containsKey(keys.range().getFirst().name())
                    ? Refusals.invalid("Query key condition not supported")
                    : missed(keys.range().getFirst().name());
        });
        return ordered(keys, demands, KeyBytes.partition(hash));
    }

    private static AwsError missed(String name) {
        return Refusals.invalid("Query condition missed key schema element: %s", name);
    }

    private static Value.Scalar scalar(KeyAttribute attribute, Value value) {
        if (!(value instanceof Value.Scalar scalar) || value.type() != attribute.type()) {
            throw Refusals.parameters("Condition parameter type does not match schema type");
        }
        return scalar;
    }

    /// Equalities from the first on narrow the stretch; the demand after them ends it.
    private static KeyRange ordered(Keys keys, Map<String, Demand> demands, KeyBytes prefix) {
        for (int i = 0; i < keys.range().size(); i++) {
            KeyAttribute attribute = keys.range().get(i);
            Demand demand = demands.get(attribute.name());
            boolean last = keys.range().stream().skip(i + 1L).noneMatch(later -> demands.containsKey(later.name()));
            if (demand == null && !last) {
                throw missed(attribute.name());
            }
            if (demand == null) {
                return all(prefix.blob());
            }
            if (!demand.isEquality()) {
                if (!last) {
                    throw Refusals.invalid("Query key condition not supported");
                }
                return narrowed(prefix, attribute, demand);
            }
            prefix.add(scalar(attribute, demand.values().getFirst()));
        }
        return all(prefix.blob());
    }

    private static KeyRange all(Blob prefix) {
        return new KeyRange(prefix, KeyBytes.afterAll(prefix));
    }

    private static KeyRange narrowed(KeyBytes prefix, KeyAttribute attribute, Demand demand) {
        List<Value.Scalar> values =
                demand.values().stream().map(value -> scalar(attribute, value)).toList();
        Blob before = prefix.blob();
        Blob end = KeyBytes.afterAll(before);
        Blob at = new KeyBytes().addAll(before).add(values.getFirst()).blob();
        return switch (demand.predicate()) {
            case Predicate.Compares compares ->
                switch (compares.comparator()) {
                    case LT -> new KeyRange(before, at);
                    case LE -> new KeyRange(before, KeyBytes.afterAll(at));
                    case GT -> new KeyRange(KeyBytes.afterAll(at), end);
                    case GE -> new KeyRange(at, end);
                    case EQ, NE -> all(at);
                };
            case Predicate.Asks asks
            when asks == Predicate.Asks.BEGINS_WITH ->
                all(new KeyBytes().addAll(before).addPrefix(values.getFirst()).blob());
            case Predicate.Asks _ ->
                new KeyRange(
                        at,
                        KeyBytes.afterAll(new KeyBytes()
                                .addAll(before)
                                .add(values.getLast())
                                .blob()));
        };
    }

    @Override
    public AwsError mismatch() {
        return Refusals.invalid("The provided starting key is invalid");
    }

    @Override
    public void check(Blob key) {
        if (key.compareTo(low) < 0 || key.compareTo(high) >= 0) {
            throw Refusals.invalid(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
    }

    /// What is left of the stretch behind `start`.
    Items.Range from(Optional<Blob> start, boolean descending) {
        return descending
                ? new Items.Range(low, start.orElse(high))
                : new Items.Range(start.map(KeyBytes::after).orElse(low), high);
    }
}
