package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.OperationSchema;
import java.util.function.Consumer;

/// What a law says of one operation: heard in a court, it holds or fails with an [AssertionError].
record Case(String law, OperationSchema operation, String about, Consumer<Court> body) {
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
