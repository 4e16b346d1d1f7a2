package dev.cloudjar.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What AWS's model says about one service. Immutable once opened; its shapes are built when first asked for.
public final class ServiceSchema {
    /// The service as a whole. `id` is the name of its folder in AWS's models (`sqs`, `dynamodbstreams`);
    /// `protocols` are all that the service ever had, today's first; `targetPrefix` is what awsJson writes before
    /// the operation in `X-Amz-Target`; `queryCompatible` is true where errors carry `x-amzn-query-error`.
    public record Facts(
            String id,
            String serviceId,
            String fullName,
            String apiVersion,
            String endpointPrefix,
            String signingName,
            List<Protocol> protocols,
            Optional<String> targetPrefix,
            Optional<String> xmlNamespace,
            boolean queryCompatible) {}

    private final Facts facts;
    private final List<OperationSchema> operations;
    private final Map<String, OperationSchema> byName = new HashMap<>();
    private final Shapes shapes;
    private final Supplier<List<Waiter>> waiters;

    /// The shapes of a service by name.
    public interface Shapes {
        /// A service without shapes of its own.
        Shapes NONE = new Shapes() {
            @Override
            public @Nullable Shape find(String name) {
                return null;
            }

            @Override
            public List<String> names() {
                return List.of();
            }
        };

        @Nullable
        Shape find(String name);

        /// All names, sorted.
        List<String> names();
    }

    /// Operations need their service, so they are made here.
    public ServiceSchema(
            Facts facts,
            Function<ServiceSchema, List<OperationSchema>> operations,
            Shapes shapes,
            Supplier<List<Waiter>> waiters) {
        this.facts = facts;
        this.shapes = shapes;
        this.waiters = waiters;
        this.operations = List.copyOf(operations.apply(this));
        for (OperationSchema operation : this.operations) {
            byName.put(operation.name(), operation);
        }
    }

    public String id() {
        return facts.id();
    }

    public Facts facts() {
        return facts;
    }

    public List<OperationSchema> operations() {
        return operations;
    }

    public Optional<OperationSchema> operation(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(shapes.find(name));
    }

    /// The names of all shapes, sorted, among them the empty ones made up for operations without input or output.
    public List<String> shapeNames() {
        return shapes.names();
    }

    /// The structure called `name`, which the model is known to have.
    public StructShape structure(String name) {
        if (shapes.find(name) instanceof StructShape structure) {
            return structure;
        }
        throw new IllegalArgumentException(id() + " has no structure " + name);
    }

    /// The modelled error whose shape is called `name`.
    public AwsError.Code error(String name) {
        return AwsError.Code.of(structure(name));
    }

    /// What AWS's SDKs wait for; read anew at each call.
    public List<Waiter> waiters() {
        return waiters.get();
    }

    @Override
    public String toString() {
        return facts.id();
    }
}
