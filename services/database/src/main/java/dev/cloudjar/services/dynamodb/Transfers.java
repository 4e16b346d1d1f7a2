package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// All exports or all imports: begun once a client token, found, listed.
final class Transfers {
    private static final Duration TOKENS = Duration.ofHours(8);

    private final Kernel kernel;
    private final Shelf<Transfer> shelf;

    Transfers(Kernel kernel, Kind<Transfer> kind) {
        this.kernel = kernel;
        this.shelf = kernel.shelf(kind);
    }

    /// The buckets, in a world that has some.
    ObjectStore store(String operation) {
        return kernel.port(ObjectStore.class)
                .orElseThrow(() ->
                        Api.notImplemented(DynamoDb.SCHEMA.operation(operation).orElseThrow()));
    }

    String newId(String table, Instant now) {
        return String.format(
                Locale.ROOT,
                "%s/%s/%014d-%s",
                table,
                shelf.kind().name(),
                now.toEpochMilli(),
                kernel.ids().hex("", 8));
    }

    /// What this very request began before, under the same token; `conflict` refuses another request with it.
    Optional<Transfer> repeated(Struct request, Supplier<AwsError> conflict) {
        Optional<String> token = Parameters.text(request, "ClientToken");
        Instant since = kernel.time().now().minus(TOKENS);
        Optional<Transfer> before = kernel.transact(() -> shelf.all()
                .filter(each -> token.isPresent() && each.ended().isAfter(since))
                .filter(each -> token(each, request).equals(token))
                .findFirst());
        if (before.filter(each -> !each.request().equals(StructJson.write(request)))
                .isPresent()) {
            throw conflict.get();
        }
        return before;
    }

    private static Optional<String> token(Transfer transfer, Struct like) {
        return Parameters.text(StructJson.read(transfer.request(), like.shape().create()), "ClientToken");
    }

    Transfer keep(Transfer transfer) {
        return kernel.transact(() -> {
            shelf.create(transfer, Map.of());
            return transfer;
        });
    }

    Transfer get(String arn) {
        String id = Arn.parse(arn)
                .map(Arn::resource)
                .filter(resource -> resource.startsWith("table/"))
                .map(resource -> resource.substring("table/".length()))
                .orElse(arn);
        return shelf.get(id);
    }

    Page<Transfer> page(Optional<String> tableArn, Paging paging) {
        Optional<String> table = tableArn.map(TableNames::of);
        return shelf.page(
                paging,
                each -> table.filter(name -> !name.equals(each.of().name())).isEmpty());
    }
}
