package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What an update does to an item. All its parts see the item as it was before.
public record Update(List<Action> actions) {
    /// One change at one place.
    public sealed interface Action {
        Path path();

        /// Puts a value there.
        record Set(Path path, Term term) implements Action {}

        /// Takes away what is there.
        record Remove(Path path) implements Action {}

        /// Adds to a number or a set.
        record Add(Path path, Value value) implements Action {}

        /// Takes members from a set.
        record Delete(Path path, Value value) implements Action {}
    }

    public Update {
        actions = List.copyOf(actions);
    }

    public static Update parse(String text, Placeholders given) {
        return Reading.read("UpdateExpression", text, given, UpdateGrammar::update);
    }

    public List<Path> paths() {
        return actions.stream().map(Action::path).toList();
    }

    /// Tells `each` of all paths that the update changes or looks at.
    public void forEachPath(Consumer<Path> each) {
        for (Action action : actions) {
            each.accept(action.path());
            if (action instanceof Action.Set set) {
                set.term().forEachPath(each);
            }
        }
    }

    /// The item as it is afterwards.
    public Map<String, Value> of(Map<String, Value> item) {
        Map<String, Value> changed = new LinkedHashMap<>(item);
        List<Placed> values = new ArrayList<>();
        List<Path> removed = new ArrayList<>();
        for (Action action : actions) {
            Place.check(item, action.path());
            Optional<Value> value = value(action, item);
            value.ifPresentOrElse(
                    there -> values.add(new Placed(action.path(), there)), () -> removed.add(action.path()));
        }
        values.sort(Comparator.comparingInt(placed -> lastIndex(placed.path())));
        values.forEach(placed -> Place.put(changed, placed.path(), placed.value()));
        removed.sort(Comparator.comparingInt((Path path) -> lastIndex(path)).reversed());
        removed.forEach(path -> Place.remove(changed, path));
        return changed;
    }

    private record Placed(Path path, Value value) {}

    /// Elements beyond the end of a list are appended in the order of their indexes, and removed from the last
    /// on.
    private static int lastIndex(Path path) {
        return path.steps().getLast() instanceof Path.Step.Index index ? index.index() : -1;
    }

    /// What is to stand at the action's place, or nothing.
    private static Optional<Value> value(Action action, Map<String, Value> item) {
        return switch (action) {
            case Action.Set set -> Optional.of(set.term().of(item));
            case Action.Remove _ -> Optional.empty();
            case Action.Add add -> Optional.of(added(add.path().find(item), add.value()));
            case Action.Delete delete -> deleted(delete, item);
        };
    }

    private static Value added(Optional<Value> before, Value value) {
        if (before.isEmpty()) {
            return value;
        }
        return switch (before.get()) {
            case Value.N number
            when value instanceof Value.N more -> Value.N.of(number.decimal().add(more.decimal()));
            case Value.Many set when value.type() == set.type() -> set.with((Value.Many) value);
            default -> throw wrongType();
        };
    }

    private static Optional<Value> deleted(Action.Delete delete, Map<String, Value> item) {
        Optional<Value> before = delete.path().find(item);
        if (before.isEmpty()) {
            return before;
        }
        if (before.get() instanceof Value.Many set
                && set.type() == delete.value().type()) {
            Set<Value.Scalar> rest = set.without((Value.Many) delete.value());
            return rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Value.Many(set.type(), new LinkedHashSet<>(rest)));
        }
        throw wrongType();
    }

    static AwsError wrongType() {
        return Refusals.invalid("An operand in the update expression has an incorrect data type");
    }
}
