package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What of a batch there was no capacity for: it is left to the caller, unless it is all of the batch.
record Throttled(List<Optional<AwsError>> outcomes) {
    Throttled() {
        this(new ArrayList<>());
    }

    /// What `work` gives, or nothing where there is no capacity for it.
    <R> Optional<R> unless(Supplier<R> work) {
        try {
            R result = work.get();
            outcomes.add(Optional.empty());
            return Optional.of(result);
        } catch (AwsError refused) {
            if (!Allowance.isRefusal(refused)) {
                throw refused;
            }
            outcomes.add(Optional.of(refused));
            return Optional.empty();
        }
    }

    /// Refuses a batch of which nothing was done.
    void checkSome() {
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(Optional::isPresent)) {
            throw outcomes.getFirst().orElseThrow();
        }
    }
}
