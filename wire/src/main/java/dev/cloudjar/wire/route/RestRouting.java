package dev.cloudjar.wire.route;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.RestRoutes.Match;
import dev.cloudjar.wire.route.Routing.Refused;
import dev.cloudjar.wire.route.Routing.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds REST operations by method and path, among the services that a request names. S3 takes what names none,
/// as path-style requests without a signature do.
final class RestRouting {
    private static final String S3 = "s3";
    private static final String S3_CONTROL = "s3control";
    private static final String S3_EXPRESS = "s3express";

    private final ServiceIndex index;
    private final Function<String, ServiceSchema> schemas;
    private final Map<String, RestRoutes> routes = new ConcurrentHashMap<>();

    RestRouting(ServiceIndex index, Function<String, ServiceSchema> schemas) {
        this.index = index;
        this.schemas = schemas;
    }

    Routing route(HttpRequest request, HostName host, Caller caller, List<ServiceSchema.Facts> named) {
        List<ServiceSchema.Facts> services = named.isEmpty() ? fallback(caller) : named;
        ServiceSchema.Facts best = null;
        Match match = null;
        for (ServiceSchema.Facts service : services) {
            Match found = match(service, request, host, caller);
            if (found != null && (match == null || found.weight() > match.weight())) {
                match = found;
                best = service;
            }
        }
        if (best == null || match == null) {
            return nothing(request, services);
        }
        Optional<AwsError> refusal = best.id().equals(S3) ? refusal(request, match) : Optional.empty();
        return refusal.isPresent()
                ? new Refused(refusal.get(), Protocol.REST_XML, Optional.of(best))
                : new Route(match.operation(), protocol(best), match.labels(), Optional.empty(), request);
    }

    private static Optional<AwsError> refusal(HttpRequest request, Match match) {
        boolean other = isOfFunction(request) || isForm(request);
        return other
                ? Optional.empty()
                : SubResources.refusal(request, S3Path.of(request), Optional.of(match.operation()));
    }

    /// A signature for a service that nobody knows is refused; without one it is a service that needs none, or
    /// S3.
    private List<ServiceSchema.Facts> fallback(Caller caller) {
        if (caller.signingName().isPresent()) {
            return List.of();
        }
        List<ServiceSchema.Facts> services = new ArrayList<>(index.open());
        index.byId(S3).ifPresent(services::add);
        return services;
    }

    private @Nullable Match match(ServiceSchema.Facts service, HttpRequest request, HostName host, Caller caller) {
        if (ServiceIndex.restProtocol(service) == null) {
            return null;
        }
        if (service.id().equals(S3_CONTROL) && !request.headers().has("x-amz-account-id") && !host.has("s3-control")) {
            return null;
        }
        RestRoutes tree = routes.computeIfAbsent(service.id(), id -> new RestRoutes(schemas.apply(id)));
        return service.id().equals(S3) ? s3(tree, request, caller) : tree.match(request, request.path());
    }

    private @Nullable Match s3(RestRoutes tree, HttpRequest request, Caller caller) {
        if (isOfFunction(request)) {
            return operation("WriteGetObjectResponse", Map.of());
        }
        String path = S3Path.of(request).path();
        if (isForm(request)) {
            return form(path);
        }
        Match match = tree.match(request, path);
        String counts = SubResources.path(request, new S3Path(path), Optional.ofNullable(match));
        if (!counts.equals(path)) {
            match = tree.match(request, counts);
        }
        if (match == null || !match.operation().name().equals("ListBuckets")) {
            return match;
        }
        boolean directories = caller.signingName().filter(S3_EXPRESS::equals).isPresent();
        return directories ? operation("ListDirectoryBuckets", match.labels()) : match;
    }

    /// What a function of Object Lambda answers, at a host whose first label is no bucket but where to answer.
    private static boolean isOfFunction(HttpRequest request) {
        return request.method().equals("POST")
                && request.path().equals("/WriteGetObjectResponse")
                && request.headers().has("x-amz-request-route");
    }

    /// A browser's upload to a bucket, which AWS documents as `PostObject` and no model has: it puts an object.
    private @Nullable Match form(String path) {
        int slash = path.indexOf('/', 1);
        if (path.length() < 2 || slash >= 0) {
            return null;
        }
        Map<String, String> labels = new HashMap<>();
        labels.put("Bucket", path.substring(1));
        return operation("PutObject", labels);
    }

    private static boolean isForm(HttpRequest request) {
        return request.method().equals("POST")
                && request.headers()
                        .get("Content-Type")
                        .filter(type -> type.regionMatches(true, 0, "multipart/form-data", 0, 19))
                        .isPresent();
    }

    private @Nullable Match operation(String name, Map<String, String> labels) {
        return schemas.apply(S3)
                .operation(name)
                .map(found -> new Match(found, labels, 0))
                .orElse(null);
    }

    private Routing nothing(HttpRequest request, List<ServiceSchema.Facts> services) {
        Optional<ServiceSchema.Facts> s3 =
                services.stream().filter(service -> service.id().equals(S3)).findFirst();
        if (s3.isPresent()) {
            S3Path path = S3Path.of(request);
            Optional<AwsError> refusal = SubResources.refusal(request, path, Optional.empty());
            return refusal.isPresent()
                    ? new Refused(refusal.get(), Protocol.REST_XML, s3)
                    : Refusals.s3(request, path, s3.get());
        }
        Optional<ServiceSchema.Facts> first = services.stream().findFirst();
        return Refusals.noOperation(first.map(RestRouting::protocol).orElse(Protocol.REST_JSON), first);
    }

    private static Protocol protocol(ServiceSchema.Facts service) {
        Protocol protocol = ServiceIndex.restProtocol(service);
        return protocol == null ? service.protocols().getFirst() : protocol;
    }
}
