package dev.cloudjar.kernel;

/// A row that AWS calls a resource: it has an id, an ARN and perhaps tags. Its [Kind] says how they look.
public interface Resource extends Row<String> {
    /// What clients name it by: `vpc-0a1b…`, a queue's name.
    String id();

    @Override
    default String key() {
        return id();
    }
}
