package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a resource type is, said once: where its rows live, how its ARN looks, how AWS refuses an id that is not
/// there.
///
/// The shelf, the tagging API, Cloud Control, Config, the console and the conformance laws read the same
/// declaration.
///
/// @param service the service in ARNs (`sqs`)
/// @param name the resource type in AWS's words (`queue`)
/// @param arn the resource part of the ARN, from the id
/// @param missing AWS's error for an id that is not there
public record Kind<R extends Resource>(
        String service,
        String name,
        Class<R> rows,
        Scope scope,
        UnaryOperator<String> arn,
        Function<String, AwsError> missing) {
    /// A regional resource whose ARN ends in its id.
    public static <R extends Resource> Kind<R> of(
            String service, String name, Class<R> rows, Function<String, AwsError> missing) {
        return new Kind<>(service, name, rows, Scope.REGION, UnaryOperator.identity(), missing);
    }

    /// The same with another resource part of the ARN: `id -> "vpc/" + id`.
    public Kind<R> arn(UnaryOperator<String> resource) {
        return new Kind<>(service, name, rows, scope, resource, missing);
    }

    public Kind<R> in(Scope other) {
        return new Kind<>(service, name, rows, other, arn, missing);
    }
}
