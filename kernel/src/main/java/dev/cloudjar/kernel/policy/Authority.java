package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.authority.Reference;
import dev.cloudjar.model.authority.Reference.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What each operation of one service wants, by the service authorization reference: its action, and the
/// resources whose names its input holds.
public final class Authority {
    private static final String BATCH = "Batch";
    private static final String ANYTHING = "*";

    /// An operation worked out: its action, how the ARNs of its resources are made, and its condition keys.
    private record Plan(String action, List<Template> resources, RequestKeys keys) {}

    private record Other(String operation, String action) {}

    private final String prefix;
    private final Optional<Reference> reference;
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<Other, RequestKeys> others = new ConcurrentHashMap<>();

    public Authority(ServiceSchema schema) {
        String signing = schema.facts().signingName();
        this.reference = Reference.signedAs(signing);
        this.prefix = reference.map(Reference::prefix).orElse(signing);
    }

    /// The first part of the service's actions.
    public String prefix() {
        return prefix;
    }

    /// The action of an operation as the reference has it; nothing where the reference does not know it.
    public Optional<Action> action(OperationSchema operation) {
        return reference.flatMap(known -> known.action(operation.name())
                .or(() -> known.action(operation.name().replace(BATCH, ""))));
    }

    /// What `operation` wants. `home` is the resource that the service itself finds in the input.
    public List<Access> wants(OperationSchema operation, Struct input, Optional<Arn> home) {
        Plan plan = plan(operation);
        if (home.isPresent()) {
            return List.of(Access.of(plan.action(), home.get()));
        }
        var wanted = new ArrayList<Access>();
        for (Template template : plan.resources()) {
            String arn = template.filled(input);
            if (arn != null) {
                wanted.add(Access.of(plan.action(), arn));
            }
        }
        return wanted.isEmpty() ? List.of(Access.of(plan.action(), ANYTHING)) : wanted;
    }

    /// The condition keys of `action` that the input of `operation` holds; the action may be another than the
    /// one that bears the operation's name.
    RequestKeys keys(OperationSchema operation, String action) {
        Plan plan = plan(operation);
        return plan.action().equals(action)
                ? plan.keys()
                : others.computeIfAbsent(new Other(operation.name(), action), _ -> keysOf(operation, action));
    }

    private RequestKeys keysOf(OperationSchema operation, String action) {
        List<String> keys = reference
                .filter(_ -> action.startsWith(prefix + ':'))
                .flatMap(known -> known.action(action.substring(prefix.length() + 1)))
                .map(Action::keys)
                .orElse(List.of());
        return new RequestKeys(operation.input(), keys);
    }

    private Plan plan(OperationSchema operation) {
        return plans.computeIfAbsent(operation.name(), _ -> plan(operation, action(operation)));
    }

    private Plan plan(OperationSchema operation, Optional<Action> action) {
        List<Template> templates = action.map(Action::resources).orElse(List.of()).stream()
                .map(name -> name.replace("*", ""))
                .flatMap(name -> reference.flatMap(known -> known.resource(name)).stream())
                .map(type -> new Template(type, operation.input()))
                .toList();
        String name = action.map(Action::name).orElse(operation.name());
        var keys = new RequestKeys(operation.input(), action.map(Action::keys).orElse(List.of()));
        return new Plan(prefix + ':' + name, templates, keys);
    }
}
