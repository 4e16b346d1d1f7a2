package dev.cloudjar.wire.route;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.RestRoutes.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters that make of a bucket or an object something else in it (`?acl`, `?uploads`): which methods
/// each takes, and what S3 says of a request that fits none of them, before it looks at bucket, key or
/// signature.
final class SubResources {
    private static final AwsError.Code INVALID_ARGUMENT = AwsError.Code.of("InvalidArgument", 400);
    private static final AwsError.Code INVALID_REQUEST = AwsError.Code.of("InvalidRequest", 400);
    private static final String COPY_SOURCE = "x-amz-copy-source";
    private static final String OF_UPLOADS = "DELETE, POST, GET";

    /// What S3 does not look for in the bucket where it is asked of a key.
    private static final List<String> OF_NO_KEY = List.of("uploads", "versions", "delete", "restore");

    /// By name the methods, in the order in which S3 lists them.
    private static final Map<String, String> METHODS = methods();

    private SubResources() {}

    private static Map<String, String> methods() {
        Map<String, String> methods = new HashMap<>();
        List.of("location", "versions", "torrent").forEach(name -> methods.put(name, "GET"));
        List.of("acl", "versioning", "logging", "notification", "requestPayment", "accelerate")
                .forEach(name -> methods.put(name, "GET, PUT"));
        List.of("tagging", "policy", "cors", "encryption", "lifecycle", "replication", "website", "inventory")
                .forEach(name -> methods.put(name, "DELETE, GET, PUT"));
        methods.put("uploads", "POST, GET");
        methods.put("delete", "POST");
        methods.put("restore", "POST");
        return Map.copyOf(methods);
    }

    /// The path that counts: a key says nothing where something of its bucket is read.
    static String path(HttpRequest request, S3Path path, Optional<Match> match) {
        List<String> named = request.method().equals("GET") ? named(request.query()) : List.of();
        boolean ofBucket = named.size() == 1
                && path.resourceType().equals("OBJECT")
                && !OF_NO_KEY.contains(named.getFirst())
                && match.filter(found -> isLiteral(found.operation(), named.getFirst()))
                        .isEmpty();
        return ofBucket ? path.path().substring(0, path.path().indexOf('/', 1)) : path.path();
    }

    /// What is refused for what it says beside its path.
    static Optional<AwsError> refusal(HttpRequest request, S3Path path, Optional<OperationSchema> operation) {
        Optional<AwsError> copy = notACopy(request).or(() -> copyWithBody(request));
        if (copy.isPresent()) {
            return copy;
        }
        List<String> named = named(request.query());
        if (named.size() > 1) {
            return Optional.of(Details.of("ArgumentName", "ResourceType")
                    .and("ArgumentValue", named.getFirst())
                    .refuse(
                            INVALID_ARGUMENT,
                            "Conflicting query string parameters: " + String.join(", ", named.subList(0, 2))));
        }
        if (named.isEmpty()) {
            return ofParts(request, path);
        }
        String name = named.getFirst();
        return operation.filter(found -> isLiteral(found, name)).isPresent()
                ? Optional.empty()
                : Optional.of(untaken(request, path, name));
    }

    /// S3 looks for a source where nothing is copied, and minds it.
    private static Optional<AwsError> notACopy(HttpRequest request) {
        boolean may = request.method().equals("PUT") || !request.headers().has(COPY_SOURCE);
        boolean upload = !request.method().equals("POST") || QueryText.has(request.query(), "uploadId");
        if (may || !upload) {
            return Optional.empty();
        }
        return Optional.of(Details.of("ArgumentName", COPY_SOURCE)
                .and("ArgumentValue", request.headers().get(COPY_SOURCE).orElse(""))
                .refuse(INVALID_ARGUMENT, "You can only specify a copy source header for copy requests."));
    }

    private static Optional<AwsError> copyWithBody(HttpRequest request) {
        boolean body =
                request.headers().has(COPY_SOURCE) && request.body().length().orElse(0) > 0;
        return body
                ? Optional.of(INVALID_REQUEST.because(
                        "The request included a body. Requests of this type must not include a non-empty body."))
                : Optional.empty();
    }

    /// The first two that a query names.
    private static List<String> named(String query) {
        List<String> named = List.of();
        for (int at = 0; at < query.length(); ) {
            int ampersand = query.indexOf('&', at);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', at);
            String name = query.substring(at, equals < 0 || equals > end ? end : equals);
            if (named.size() < 2 && METHODS.containsKey(name) && !named.contains(name)) {
                named = named.isEmpty() ? List.of(name) : List.of(named.getFirst(), name);
            }
            at = end + 1;
        }
        return named;
    }

    /// A part needs its upload, and an upload is not put.
    private static Optional<AwsError> ofParts(HttpRequest request, S3Path path) {
        boolean object = path.resourceType().equals("OBJECT");
        boolean upload = QueryText.has(request.query(), "uploadId");
        boolean part = QueryText.has(request.query(), "partNumber");
        return switch (request.method()) {
            case "PUT" -> {
                if (object && part && !upload) {
                    yield Optional.of(Details.of("ArgumentName", "partNumber")
                            .and("ArgumentValue", "partNumber")
                            .refuse(INVALID_ARGUMENT, "This operation does not accept partNumber without uploadId"));
                }
                yield object && upload && !part
                        ? Optional.of(notAllowed(request, "UPLOAD", OF_UPLOADS))
                        : Optional.empty();
            }
            case "HEAD" -> object && upload ? Optional.of(notAllowed(request, "UPLOAD", OF_UPLOADS)) : Optional.empty();
            case "POST" -> post(request, object, upload);
            default -> Optional.empty();
        };
    }

    private static Optional<AwsError> post(HttpRequest request, boolean object, boolean upload) {
        boolean select = QueryText.has(request.query(), "select");
        return object && !upload && !select
                ? Optional.of(notAllowed(request, "OBJECT", "HEAD, DELETE, GET, PUT"))
                : Optional.empty();
    }

    private static boolean isLiteral(OperationSchema operation, String name) {
        String uri = operation.http().uri();
        int question = uri.indexOf('?');
        return question >= 0 && QueryText.has(uri.substring(question + 1), name);
    }

    private static AwsError untaken(HttpRequest request, S3Path path, String name) {
        boolean key = path.resourceType().equals("OBJECT");
        if (key
                && request.method().equals("GET")
                && METHODS.getOrDefault(name, "").contains("GET")) {
            return INVALID_REQUEST.because("There is no such thing as the ?%s sub-resource for a key", name);
        }
        String allowed = key && name.equals("encryption") ? "PUT" : METHODS.getOrDefault(name, "");
        return notAllowed(request, path.resourceType(), allowed);
    }

    private static AwsError notAllowed(HttpRequest request, String type, String allowed) {
        return Details.of("Method", request.method())
                .and("ResourceType", type)
                .header("Allow", allowed)
                .refuse(
                        AwsError.Code.of("MethodNotAllowed", 405),
                        "The specified method is not allowed against this resource.");
    }
}
