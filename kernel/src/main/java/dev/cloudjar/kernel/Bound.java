package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service with its operations bound: which object answers which operation, and whether in a transaction.
///
/// Binding reads, once, which methods of the generated interface the parts override; it reports everything that
/// is bound twice, not just the first.
public final class Bound {
    private record Binding(Api part, boolean transactional) {}

    private final Service service;
    private final ServiceSchema schema;
    private final Transactions transactions;
    private final @Nullable Binding[] bindings;

    Bound(Service service, Transactions transactions) {
        this.service = service;
        this.transactions = transactions;
        this.schema = service.parts().getFirst().schema();
        this.bindings = new @Nullable Binding[schema.operations().size()];
        bind();
    }

    private void bind() {
        Map<String, OperationSchema> byMethod = new HashMap<>();
        schema.operations().forEach(o -> byMethod.put(o.name().toLowerCase(Locale.ROOT), o));
        List<String> twice = new ArrayList<>();
        for (Api part : service.parts()) {
            for (Method method : part.getClass().getDeclaredMethods()) {
                OperationSchema operation = byMethod.get(method.getName().toLowerCase(Locale.ROOT));
                if (operation == null || method.isSynthetic() || !overrides(method, operation)) {
                    continue;
                }
                if (bindings[operation.index()] != null) {
                    twice.add(operation.name());
                }
                bindings[operation.index()] = new Binding(part, !method.isAnnotationPresent(OutsideTransaction.class));
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalStateException(schema.id() + " implements more than once: " + twice);
        }
    }

    private static boolean overrides(Method method, OperationSchema operation) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0]
                        .getSimpleName()
                        .equals(operation.input().create().getClass().getSimpleName());
    }

    public Service service() {
        return service;
    }

    public ServiceSchema schema() {
        return schema;
    }

    public boolean implementsOperation(OperationSchema operation) {
        return bindings[operation.index()] != null;
    }

    /// Answers `operation`, in a transaction unless it is marked [OutsideTransaction].
    public Struct call(OperationSchema operation, Struct input) {
        Binding binding = bindings[operation.index()];
        if (binding == null) {
            throw Api.notImplemented(operation);
        }
        Struct output = binding.transactional()
                ? transactions.run(() -> binding.part().call(operation.index(), input))
                : binding.part().call(operation.index(), input);
        service.complete(operation, input, output);
        return output;
    }
}
