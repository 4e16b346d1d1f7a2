package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import java.util.function.Supplier;

/// S3's own operations where it is not a client that asks for them: judged as if the caller had done so himself,
/// and done in the account and region of the bucket.
final class Errands {
    private final Kernel kernel;
    private final Buckets buckets;
    private final Wanted wanted;

    Errands(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.wanted = new Wanted(parts);
    }

    /// Does `work`, which is `operation` with the input `in`, once its caller is found to be allowed to.
    <R> R ask(String operation, Struct in, Supplier<R> work) {
        OwnedBucket bucket = kernel.transact(() -> buckets.of(new Asked(in)));
        return Call.current().in(bucket.owner(), bucket.region()).run(() -> {
            wanted.of(S3.SCHEMA.operation(operation).orElseThrow(), in, bucket.name())
                    .forEach(kernel::require);
            return work.get();
        });
    }

    /// The same of an operation that runs in a transaction.
    <R> R change(String operation, Struct in, Supplier<R> work) {
        return ask(operation, in, () -> kernel.transact(work));
    }
}
