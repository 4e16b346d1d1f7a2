package dev.cloudjar.wire;

import dev.cloudjar.kernel.Values;
import dev.cloudjar.wire.auth.Identity;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.List;

/// The condition keys that follow from how a request came.
record RequestFacts(HttpRequest request, Identity identity) implements Values {
    @Override
    public List<String> of(String key) {
        return switch (key) {
            case "aws:sourceip" -> List.of(request.peer().address().getHostAddress());
            case "aws:securetransport" ->
                List.of(Boolean.toString(request.peer().secure()));
            case "aws:useragent" -> header("User-Agent");
            case "aws:referer" -> header("Referer");
            case "s3:authtype" -> List.of(isPresigned() ? "REST-QUERY-STRING" : "REST-HEADER");
            case "s3:signatureversion" -> List.of("AWS4-HMAC-SHA256");
            case "s3:x-amz-content-sha256" -> header("x-amz-content-sha256");
            default -> List.of();
        };
    }

    private boolean isPresigned() {
        return identity instanceof Identity.Signed signed && signed.presigned();
    }

    private List<String> header(String name) {
        return request.headers().get(name).map(List::of).orElse(List.of());
    }
}
