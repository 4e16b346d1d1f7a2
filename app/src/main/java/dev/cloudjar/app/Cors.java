package dev.cloudjar.app;

import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.util.Optional;

/// Lets pages that the host guard let in read what they asked for, as AWS's endpoints do for every page.
final class Cors {
    private static final String ORIGIN = "Origin";
    private static final String METHODS = "HEAD,GET,PUT,POST,DELETE,OPTIONS,PATCH";
    private static final String EXPOSED = "x-amzn-requestid,x-amzn-errortype,x-amzn-errormessage,x-amzn-trace-id,"
            + "x-amz-request-id,x-amz-id-2,x-amz-version-id,x-amzn-query-error,etag,date";
    private static final String DAYS_2 = "172800";

    private Cors() {}

    /// The answer to a browser that asks whether it may ask; nothing for any other request.
    static Optional<HttpResponse> preflight(HttpRequest request) {
        boolean asks = request.method().equals("OPTIONS")
                && request.headers().has(ORIGIN)
                && request.headers().has("Access-Control-Request-Method");
        if (!asks) {
            return Optional.empty();
        }
        HttpResponse response = HttpResponse.empty(200);
        Headers headers = response.headers();
        headers.add("Access-Control-Allow-Methods", METHODS);
        request.headers()
                .get("Access-Control-Request-Headers")
                .ifPresent(asked -> headers.add("Access-Control-Allow-Headers", asked));
        headers.add("Access-Control-Max-Age", DAYS_2);
        return Optional.of(response);
    }

    /// `response` readable by the page that asked, if a page did.
    static HttpResponse readable(HttpRequest request, HttpResponse response) {
        Optional<String> origin = request.headers().get(ORIGIN);
        if (origin.isPresent() && !response.headers().has("Access-Control-Allow-Origin")) {
            response.headers()
                    .add("Access-Control-Allow-Origin", origin.get())
                    .add("Access-Control-Expose-Headers", EXPOSED)
                    .add("Vary", ORIGIN);
        }
        return response;
    }
}
