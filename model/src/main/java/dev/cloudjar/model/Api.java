package dev.cloudjar.model;

/// The operations of one AWS service. Generated interfaces extend it with one method an operation, whose default
/// answers "not implemented"; a class that overrides some of them is that much of the service.
public interface Api {
    ServiceSchema schema();

    /// Calls the operation at `index` of [ServiceSchema#operations].
    Struct call(int index, Struct input);

    /// The answer of every operation that is not built yet: clients do not retry it, people can read it.
    static AwsError notImplemented(OperationSchema operation) {
        return AwsError.Code.of("NotImplemented", 501)
                .because(
                        "Cloudjar does not implement %s of %s yet. docs/coverage/README.md lists what it does.",
                        operation.name(), operation.service().facts().serviceId());
    }
}
