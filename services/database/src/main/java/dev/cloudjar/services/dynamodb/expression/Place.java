package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A place within an item, to put something or to take it away. Values are shared and never changed: what leads
/// to the place is copied.
final class Place {
    private Place() {}

    /// Refuses a path that leads through something that is not there, or is no map or list as the path has it.
    static void check(Map<String, Value> item, Path path) {
        if (path.isAttribute()) {
            return;
        }
        Value within = path.parent().find(item).orElseThrow(Place::invalid);
        boolean fits = path.steps().getLast() instanceof Path.Step.Name
                ? within instanceof Value.M
                : within instanceof Value.L;
        if (!fits) {
            throw invalid();
        }
    }

    static void put(Map<String, Value> item, Path path, Value value) {
        change(item, path, Optional.of(value));
    }

    static void remove(Map<String, Value> item, Path path) {
        change(item, path, Optional.empty());
    }

    private static void change(Map<String, Value> item, Path path, Optional<Value> value) {
        String attribute = path.attribute();
        if (path.isAttribute()) {
            value.ifPresentOrElse(there -> item.put(attribute, there), () -> item.remove(attribute));
            return;
        }
        Value within = Optional.ofNullable(item.get(attribute)).orElseThrow(Place::invalid);
        item.put(attribute, changed(within, path.steps().subList(1, path.steps().size()), value));
    }

    private static Value changed(Value within, List<Path.Step> steps, Optional<Value> value) {
        return switch (steps.getFirst()) {
            case Path.Step.Name name
            when within instanceof Value.M map -> new Value.M(member(map.members(), name.name(), steps, value));
            case Path.Step.Index index
            when within instanceof Value.L list -> new Value.L(element(list.elements(), index.index(), steps, value));
            case Path.Step.Name _, Path.Step.Index _ -> throw invalid();
        };
    }

    private static Map<String, Value> member(
            Map<String, Value> members, String name, List<Path.Step> steps, Optional<Value> value) {
        Map<String, Value> copy = new LinkedHashMap<>(members);
        if (steps.size() > 1) {
            Value within = Optional.ofNullable(members.get(name)).orElseThrow(Place::invalid);
            copy.put(name, changed(within, steps.subList(1, steps.size()), value));
        } else {
            value.ifPresentOrElse(there -> copy.put(name, there), () -> copy.remove(name));
        }
        return copy;
    }

    private static List<Value> element(List<Value> elements, int index, List<Path.Step> steps, Optional<Value> value) {
        List<Value> copy = new ArrayList<>(elements);
        if (steps.size() > 1) {
            if (index >= copy.size()) {
                throw invalid();
            }
            copy.set(index, changed(copy.get(index), steps.subList(1, steps.size()), value));
        } else if (index < copy.size()) {
            value.ifPresentOrElse(there -> copy.set(index, there), () -> copy.remove(index));
        } else {
            value.ifPresent(copy::add);
        }
        return copy;
    }

    private static AwsError invalid() {
        return Refusals.invalid("The document path provided in the update expression is invalid for update");
    }
}
