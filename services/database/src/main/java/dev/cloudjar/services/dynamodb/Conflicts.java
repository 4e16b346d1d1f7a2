package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.TRANSACTION_CONFLICT_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.TRANSACTION_IN_PROGRESS_EXCEPTION;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Ongoing;
import dev.cloudjar.model.AwsError;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What transactions are at work on: as long as one is, other writes of its items are refused, and so is the same
/// transaction once more.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
final class Conflicts {
    private final Kernel kernel;
    private final Ongoing<Item.Key> items;
    private final Ongoing<Token> tokens;

    /// A client's token, which is one in its account and region.
    private record Token(String account, String region, String text) {}

    Conflicts(Kernel kernel) {
        this.kernel = kernel;
        this.items = kernel.ongoing();
        this.tokens = kernel.ongoing();
    }

    /// Makes a transaction whose items are engaged until it is answered, unless others have engaged them.
    <R> R transact(Optional<String> token, Function<Ongoing<Item.Key>.Work, R> body) {
        Call call = Call.current();
        try (var named = tokens.begin();
                var work = items.begin()) {
            token.map(text -> new Token(call.account(), call.region(), text))
                    .filter(each -> !named.take(Set.of(each)).isEmpty())
                    .ifPresent(_ -> {
                        throw TRANSACTION_IN_PROGRESS_EXCEPTION.because(
                                "The transaction with the given request token is already in progress.");
                    });
            return kernel.transact(() -> body.apply(work));
        }
    }

    /// Refuses whoever comes to an item that a transaction is at work on.
    void check(Item.Key item) {
        if (items.has(item)) {
            throw refusal();
        }
    }

    /// Those of `some` that transactions are at work on.
    Set<Item.Key> among(Set<Item.Key> some) {
        return some.stream().filter(items::has).collect(Collectors.toSet());
    }

    static AwsError refusal() {
        return TRANSACTION_CONFLICT_EXCEPTION.because("Transaction is ongoing for the item");
    }
}
