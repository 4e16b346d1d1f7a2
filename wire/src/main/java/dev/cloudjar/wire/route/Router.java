package dev.cloudjar.wire.route;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.Routing.Refused;
import dev.cloudjar.wire.route.Routing.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a request is for, among all services. Safe for concurrent use.
public final class Router {
    private static final String CBOR_PATH = "/service/";
    private static final String CBOR_OPERATION = "/operation/";

    private final ServiceIndex index;
    private final Function<String, ServiceSchema> schemas;
    private final RestRouting rest;

    /// `schemas` opens a service by its id, and answers the same schema whenever it is asked for the same.
    public Router(List<ServiceSchema.Facts> services, Function<String, ServiceSchema> schemas) {
        this.index = new ServiceIndex(services);
        this.schemas = schemas;
        this.rest = new RestRouting(index, schemas);
    }

    public Routing route(HttpRequest request) throws IOException {
        HostName host = HostName.parse(request.host());
        Routing routing = operation(request, host);
        Optional<String> region = host.ours() ? host.region() : Optional.empty();
        return routing instanceof Route route && region.isPresent()
                ? new Route(route.operation(), route.protocol(), route.labels(), region, route.request())
                : routing;
    }

    private Routing operation(HttpRequest request, HostName host) throws IOException {
        String target = request.headers().get("X-Amz-Target").orElse("");
        if (!target.isEmpty()) {
            Routing routing = json(target, request);
            if (routing != null) {
                return routing;
            }
        }
        if (request.path().startsWith(CBOR_PATH)) {
            Routing routing = cbor(request);
            if (routing != null) {
                return routing;
            }
        }
        Caller caller = Caller.of(request);
        List<ServiceSchema.Facts> named = named(caller, host);
        if (!mayBeQuery(request, named)) {
            return rest.route(request, host, caller, named);
        }
        try {
            QueryAction asked = QueryAction.of(request);
            Routing routing = query(asked, named);
            return routing == null ? rest.route(asked.request(), host, caller, named) : routing;
        } catch (AwsError tooLarge) {
            return new Refused(tooLarge, Protocol.AWS_QUERY, Optional.empty());
        }
    }

    /// The services that the signature names, or else the host.
    private List<ServiceSchema.Facts> named(Caller caller, HostName host) {
        Optional<String> signingName = caller.signingName();
        return signingName.isPresent() ? index.bySigningName(signingName.get()) : index.byHost(host);
    }

    private @Nullable Routing json(String target, HttpRequest request) {
        int dot = target.lastIndexOf('.');
        Optional<ServiceSchema.Facts> service = dot < 0 ? Optional.empty() : index.byTarget(target.substring(0, dot));
        if (service.isEmpty()) {
            List<ServiceSchema.Facts> named = named(Caller.of(request), HostName.parse(request.host()));
            boolean speaksJson = named.isEmpty() || ServiceIndex.jsonProtocol(named.getFirst()) != null;
            return speaksJson
                    ? Refusals.noOperation(
                            jsonVersion(request, null), named.stream().findFirst())
                    : null;
        }
        Protocol protocol = jsonVersion(request, ServiceIndex.jsonProtocol(service.get()));
        return found(service.get(), target.substring(dot + 1), protocol, request);
    }

    /// The version that the client writes, which the answer repeats; else the service's own.
    private static Protocol jsonVersion(HttpRequest request, @Nullable Protocol own) {
        String type = request.headers().get("Content-Type").orElse("");
        if (type.startsWith("application/x-amz-json-1.1")) {
            return Protocol.AWS_JSON_1_1;
        }
        return type.startsWith("application/x-amz-json-1.0") || own == null ? Protocol.AWS_JSON_1_0 : own;
    }

    /// `/service/{TargetPrefix}/operation/{Operation}`, which must also say that it is CBOR: it could be S3's else.
    private @Nullable Routing cbor(HttpRequest request) {
        boolean says = request.headers()
                .get("smithy-protocol")
                .filter("rpc-v2-cbor"::equals)
                .isPresent();
        int at = request.path().indexOf(CBOR_OPERATION, CBOR_PATH.length());
        if (!says || at < 0) {
            return null;
        }
        Optional<ServiceSchema.Facts> service = index.byTarget(request.path().substring(CBOR_PATH.length(), at));
        String operation = request.path().substring(at + CBOR_OPERATION.length());
        return service.isEmpty()
                ? Refusals.noOperation(Protocol.RPC_V2_CBOR, service)
                : found(service.get(), operation, Protocol.RPC_V2_CBOR, request);
    }

    private Routing found(ServiceSchema.Facts service, String name, Protocol protocol, HttpRequest request) {
        Optional<OperationSchema> operation = schemas.apply(service.id()).operation(name);
        return operation.isEmpty()
                ? Refusals.noOperation(protocol, Optional.of(service))
                : new Route(operation.get(), protocol, Map.of(), Optional.empty(), request);
    }

    /// Forms, and queries with an action; but not those to a service that never spoke query.
    private static boolean mayBeQuery(HttpRequest request, List<ServiceSchema.Facts> named) {
        boolean spoken = named.isEmpty() || named.stream().anyMatch(s -> ServiceIndex.queryProtocol(s) != null);
        return spoken && (QueryAction.isForm(request) || request.query().contains("Action="));
    }

    private @Nullable Routing query(QueryAction asked, List<ServiceSchema.Facts> named) {
        List<ServiceSchema.Facts> services =
                asked.version().map(index::byQueryVersion).orElse(List.of());
        if (!named.isEmpty() && (services.isEmpty() || services.stream().noneMatch(named::contains))) {
            services = named.stream()
                    .filter(s -> ServiceIndex.queryProtocol(s) != null)
                    .toList();
        }
        String action = asked.action().orElse("");
        for (ServiceSchema.Facts service : services) {
            Optional<OperationSchema> operation = schemas.apply(service.id()).operation(action);
            Protocol protocol = ServiceIndex.queryProtocol(service);
            if (operation.isPresent() && protocol != null) {
                return new Route(operation.get(), protocol, Map.of(), Optional.empty(), asked.request());
            }
        }
        return services.isEmpty() ? null : refusedQuery(action, services.getFirst());
    }

    private static Refused refusedQuery(String action, ServiceSchema.Facts service) {
        Protocol known = ServiceIndex.queryProtocol(service);
        Protocol protocol = known == null ? Protocol.AWS_QUERY : known;
        return action.isEmpty()
                ? Refusals.missingAction(protocol, service)
                : Refusals.noAction(action, protocol, service);
    }
}
