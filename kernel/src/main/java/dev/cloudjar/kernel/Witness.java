package dev.cloudjar.kernel;

import dev.cloudjar.model.OperationSchema;
import java.util.Map;
import java.util.OptionalLong;

/// A service that is told of every answer given in its name, refusals among them, as one that keeps a log of its
/// requests has to be. It is told within the call, outside a transaction.
public interface Witness {
    /// A request as its first line had it, and the labels of its path, still encoded.
    record Asked(OperationSchema operation, Map<String, String> labels, String method, String uri, String host) {}

    /// What was answered: `error` is empty where nothing was refused; `sent` is nothing where the length of the
    /// body is not known.
    record Answer(int status, String error, OptionalLong sent) {}

    void answered(Asked asked, Answer answer);
}
