package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.TRANSACTION_CANCELED_EXCEPTION;

import dev.cloudjar.api.DynamoDb.CancellationReason;
import dev.cloudjar.api.DynamoDb.ConditionalCheckFailedException;
import dev.cloudjar.api.DynamoDb.TransactionCanceledException;
import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Why a transaction is cancelled: a reason for each of its actions, in their order.
record Cancellation(List<Optional<CancellationReason>> reasons) {
    private static final String NONE = "None";

    Cancellation() {
        this(new ArrayList<>());
    }

    /// What `action` gives, or nothing where it is refused: then the transaction is to be cancelled for that.
    <R> Optional<R> attempt(Supplier<R> action) {
        try {
            R result = action.get();
            reasons.add(Optional.empty());
            return Optional.of(result);
        } catch (AwsError refused) {
            reasons.add(Optional.of(reason(refused)));
            return Optional.empty();
        }
    }

    private static CancellationReason reason(AwsError refused) {
        return switch (refused.code().code()) {
            case "ConditionalCheckFailedException" -> {
                var reason =
                        new CancellationReason().code("ConditionalCheckFailed").message(refused.message());
                refused.members()
                        .map(members -> ((ConditionalCheckFailedException) members).item())
                        .filter(item -> !item.isEmpty())
                        .ifPresent(reason::item);
                yield reason;
            }
            case "TransactionConflictException" ->
                new CancellationReason().code("TransactionConflict").message(refused.message());
            case "DuplicateItemException" ->
                new CancellationReason().code("DuplicateItem").message(refused.message());
            case "ValidationException" ->
                new CancellationReason().code("ValidationError").message(refused.message());
            case "ProvisionedThroughputExceededException" ->
                new CancellationReason().code("ProvisionedThroughputExceeded").message(refused.message());
            case "ThrottlingException" ->
                new CancellationReason().code("ThrottlingError").message(refused.message());
            default -> throw refused;
        };
    }

    /// Refuses the transaction if one of its actions was refused.
    void check() {
        if (reasons.stream().allMatch(Optional::isEmpty)) {
            return;
        }
        List<CancellationReason> all = reasons.stream()
                .map(reason -> reason.orElseGet(() -> new CancellationReason().code(NONE)))
                .toList();
        String codes = all.stream().map(reason -> reason.code().orElse(NONE)).collect(Collectors.joining(", "));
        throw TRANSACTION_CANCELED_EXCEPTION.with(
                error -> ((TransactionCanceledException) error).cancellationReasons(all),
                "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]");
    }
}
