package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.OperationSchema;

/// An operation with one of the inputs that it takes: the usual one, or a variant that the lines about the
/// service name (`SendMessage#fifo`).
record Act(OperationSchema operation, String name) {
    static Act usual(OperationSchema operation) {
        return new Act(operation, operation.name());
    }

    @Override
    public String toString() {
        return name;
    }
}
