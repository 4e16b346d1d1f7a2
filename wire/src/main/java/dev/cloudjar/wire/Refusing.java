package dev.cloudjar.wire;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.protocol.Codecs;
import dev.cloudjar.wire.route.Routing.Route;
import java.util.Optional;

/// Writes refusals in the protocol in which the request came, or seems to have come.
final class Refusing {
    private final Codecs codecs;
    private final Schemata schemata;

    Refusing(Codecs codecs, Schemata schemata) {
        this.codecs = codecs;
        this.schemata = schemata;
    }

    HttpResponse answer(Pipeline.Refused refused, String requestId) {
        ServiceSchema service = schemata.of(refused.service());
        return codecs.of(refused.protocol()).error(service, Optional.empty(), refused.error(), requestId);
    }

    HttpResponse answer(AwsError error, Exchange exchange) {
        Optional<OperationSchema> operation = exchange.found().map(Route::operation);
        Protocol protocol = exchange.found().map(Route::protocol).orElse(Protocol.AWS_JSON_1_0);
        ServiceSchema service = operation.map(OperationSchema::service).orElseGet(() -> schemata.of("sts"));
        return codecs.of(protocol).error(service, operation, error, exchange.requestId());
    }
}
