package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Path;
import dev.cloudjar.services.dynamodb.expression.Term;
import dev.cloudjar.services.dynamodb.expression.Update;
import dev.cloudjar.services.dynamodb.expression.Update.Action;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Type;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `AttributeUpdates`, which were there before update expressions.
final class LegacyUpdates {
    private LegacyUpdates() {}

    static Optional<Update> read(Struct in) {
        List<Action> actions = new ArrayList<>();
        Parameters.structs(in, "AttributeUpdates").forEach((name, update) -> actions.add(action(name, update)));
        return in.get("AttributeUpdates") == null ? Optional.empty() : Optional.of(new Update(actions));
    }

    private static Action action(String name, Struct update) {
        Path path = Path.of(name);
        String action = Parameters.text(update, "Action").orElse("PUT");
        if (!(update.get("Value") instanceof Struct sent)) {
            if (!action.equals("DELETE")) {
                throw Refusals.parameters("Only DELETE action is allowed when no attribute value is specified");
            }
            return new Action.Remove(path);
        }
        Value value = AttributeValues.read(sent);
        Type type = value.type();
        return switch (action) {
            case "ADD" -> {
                if (type != Type.N && type != Type.L && !type.isSet()) {
                    throw Refusals.parameters("ADD action is not supported for the type %s", type);
                }
                yield new Action.Add(path, value);
            }
            case "DELETE" -> {
                if (!type.isSet()) {
                    throw Refusals.parameters("DELETE action with value is not supported for the type %s", type);
                }
                yield new Action.Delete(path, value);
            }
            default -> new Action.Set(path, new Term.Given(value));
        };
    }
}
