package dev.cloudjar.wire;

import dev.cloudjar.kernel.Endpoints.Endpoint;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.wire.auth.Identity;
import dev.cloudjar.wire.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The condition keys that follow from how a request came, by a VPC endpoint or over the internet; and under
/// names of our own what services hand on of it.
///
/// @param at when it came, by the clock by which signatures age
record RequestFacts(HttpRequest request, Identity identity, Optional<Endpoint> endpoint, Instant at) implements Values {
    @Override
    public List<String> of(String key) {
        return switch (key) {
            case "aws:sourceip" -> endpoint.isPresent() ? List.of() : address();
            case "aws:vpcsourceip" -> endpoint.isPresent() ? address() : List.of();
            case "aws:sourcevpce" -> endpoint(Endpoint::id);
            case "aws:sourcevpc" -> endpoint(found -> found.vpc().name());
            case "aws:sourcevpcarn" -> endpoint(found -> found.vpc().toString());
            case "aws:vpceaccount" -> endpoint(Endpoint::account);
            case "cloudjar:issuedkey" -> List.of(Boolean.toString(isIssued()));
            case "cloudjar:signedfor" -> signed(Identity.Signed::service);
            case "cloudjar:accesskeyid" -> signed(Identity.Signed::accessKeyId);
            case "cloudjar:signedat" -> List.of(at.toString());
            case "cloudjar:uri" ->
                List.of(request.query().isEmpty() ? request.path() : request.path() + '?' + request.query());
            case "cloudjar:headers" -> headers();
            case "cloudjar:bodylength" -> bodyLength();
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

    private List<String> signed(Function<Identity.Signed, String> fact) {
        return identity instanceof Identity.Signed signed ? List.of(fact.apply(signed)) : List.of();
    }

    /// How long the body is, without the marks of its chunks, where the request says so.
    private List<String> bodyLength() {
        List<String> decoded = header("x-amz-decoded-content-length");
        return decoded.isEmpty() ? header("Content-Length") : decoded;
    }

    /// All headers as they came, each a line.
    private List<String> headers() {
        List<String> lines = new ArrayList<>();
        lines.add("Host: " + request.host());
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host")) {
                lines.add(name + ": " + value);
            }
        });
        return lines;
    }

    private List<String> address() {
        return List.of(request.peer().address().getHostAddress());
    }

    private List<String> endpoint(Function<Endpoint, String> fact) {
        return endpoint.map(fact).map(List::of).orElse(List.of());
    }

    /// Whether the key was issued, and does not just stand for the root of an account.
    private boolean isIssued() {
        return identity instanceof Identity.Signed signed && signed.rootOf().isEmpty();
    }

    private boolean isPresigned() {
        return identity instanceof Identity.Signed signed && signed.presigned();
    }

    private List<String> header(String name) {
        return request.headers().get(name).map(List::of).orElse(List.of());
    }
}
