package dev.cloudjar.app;

import dev.cloudjar.kernel.Sites;
import dev.cloudjar.kernel.Sites.Intent;
import dev.cloudjar.kernel.Sites.Leave;
import dev.cloudjar.kernel.World;
import dev.cloudjar.wire.auth.S3Host;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Buckets for browsers: websites under hosts of their own, and the rules by which pages of elsewhere may use a
/// bucket. What a bucket's owner allows, the host guard need not refuse.
final class BucketSites {
    private static final String MARK = ".s3-website";

    private final World world;

    BucketSites(World world) {
        this.world = world;
    }

    /// The page of a website, where the host is one's: `BUCKET.s3-website-REGION.…` or `BUCKET.s3-website.…`.
    Optional<HttpResponse> page(HttpRequest request) {
        int mark = request.host().indexOf(MARK);
        if (mark < 1) {
            return Optional.empty();
        }
        return world.port(Sites.class)
                .map(sites ->
                        page(sites, request, request.host().substring(0, mark).toLowerCase(Locale.ROOT)));
    }

    private static HttpResponse page(Sites sites, HttpRequest request, String bucket) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpResponse.of(405, "text/html; charset=utf-8", "<html><h1>405 Method Not Allowed</h1></html>\n");
        }
        String path = URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        Sites.Page page = sites.visit(bucket, path, request.peer().secure());
        var headers = new Headers();
        page.headers().forEach(headers::add);
        return new HttpResponse(page.status(), headers, page.body());
    }

    /// The bucket that a page of elsewhere is about to use, if it is one that S3 knows. What its owner allows
    /// is the use of S3: no call of another service, whose protocols have one address for all, and none of the
    /// admin API.
    Optional<String> asked(HttpRequest request) {
        if (!request.headers().has("Origin") || Admin.isFor(request) || callsAnotherService(request)) {
            return Optional.empty();
        }
        String path = request.path();
        int slash = path.indexOf('/', 1);
        String first = path.length() < 2 ? "" : path.substring(1, slash < 0 ? path.length() : slash);
        String bucket =
                S3Host.bucket(request.host()).filter(name -> !name.isEmpty()).orElse(first);
        return world.port(Sites.class)
                .filter(sites -> !bucket.isEmpty() && sites.knows(bucket))
                .map(_ -> bucket);
    }

    private static boolean callsAnotherService(HttpRequest request) {
        boolean form = request.headers()
                .get("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                .isPresent();
        return request.headers().has("X-Amz-Target")
                || request.query().contains("Action=")
                || request.method().equals("POST") && !form && request.query().isEmpty();
    }

    /// The answer to a browser that asks whether a page may use `bucket`.
    HttpResponse preflight(HttpRequest request, String bucket) {
        Sites sites = world.port(Sites.class).orElseThrow();
        String method = request.headers().get("Access-Control-Request-Method").orElse("");
        if (!sites.isShared(bucket)) {
            return refused("CORSResponse: CORS is not enabled for this bucket.", method);
        }
        Optional<Leave> leave = sites.leave(bucket, intent(request, method));
        if (leave.isEmpty()) {
            return refused(
                    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin,"
                            + " request method / Access-Control-Request-Method or Access-Control-Request-Headers are not"
                            + " whitelisted by the resource's CORS spec.",
                    method);
        }
        HttpResponse response = HttpResponse.empty(200);
        tell(leave.get(), response.headers());
        return response;
    }

    private static Intent intent(HttpRequest request, String method) {
        List<String> headers = request.headers()
                .get("Access-Control-Request-Headers")
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
        return new Intent(request.headers().get("Origin").orElse(""), method, headers);
    }

    private static HttpResponse refused(String message, String method) {
        return HttpResponse.of(
                403,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessForbidden</Code><Message>" + message
                        + "</Message><Method>" + (method.matches("[A-Z]+") ? method : "")
                        + "</Method><ResourceType>BUCKET</ResourceType></Error>");
    }

    /// Whether a page's own request to `bucket` may be shown to it.
    Optional<Leave> leave(HttpRequest request, String bucket) {
        Sites sites = world.port(Sites.class).orElseThrow();
        String origin = request.headers().get("Origin").orElse("");
        return sites.leave(bucket, new Intent(origin, request.method(), List.of()));
    }

    static void tell(Leave leave, Headers headers) {
        headers.set("Access-Control-Allow-Origin", leave.origin());
        headers.set("Access-Control-Allow-Methods", String.join(", ", leave.methods()));
        if (!leave.headers().isEmpty()) {
            headers.set("Access-Control-Allow-Headers", String.join(", ", leave.headers()));
        }
        if (!leave.exposed().isEmpty()) {
            headers.set("Access-Control-Expose-Headers", String.join(", ", leave.exposed()));
        }
        leave.seconds().ifPresent(seconds -> headers.set("Access-Control-Max-Age", Integer.toString(seconds)));
        if (!leave.origin().equals("*")) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
        headers.set("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }
}
