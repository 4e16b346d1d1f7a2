package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.OperationSchema;
import java.util.List;
import java.util.function.Consumer;

/// What a law says of one operation, or shows of several: heard in a court, it holds or fails with an
/// [AssertionError].
record Case(String law, OperationSchema operation, String about, Consumer<Court> body, List<OperationSchema> shown) {
    Case(String law, OperationSchema operation, String about, Consumer<Court> body) {
        this(law, operation, about, body, List.of(operation));
    }

    void hear(Court court) {
        try {
            body.accept(court);
        } catch (Scene.Unready unready) {
            throw new AssertionError(unready.getMessage(), unready);
        }
    }

    @Override
    public String toString() {
        return operation.name() + (about.isEmpty() ? "" : ": " + about);
    }
}
