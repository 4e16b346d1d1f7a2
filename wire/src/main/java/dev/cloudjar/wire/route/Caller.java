package dev.cloudjar.wire.route;

import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.Optional;

/// What a signature says of its service before anyone believes it: the name in the credential scope. `signed` is
/// true for any signature, even one that names no service.
record Caller(Optional<String> signingName, boolean signed) {
    private static final String CREDENTIAL = "Credential=";

    static Caller of(HttpRequest request) {
        String authorization = request.headers().get("Authorization").orElse("");
        if (authorization.startsWith("AWS4-")) {
            int at = authorization.indexOf(CREDENTIAL);
            return new Caller(at < 0 ? Optional.empty() : service(authorization, at + CREDENTIAL.length()), true);
        }
        if (authorization.startsWith("AWS ")) {
            return new Caller(Optional.of("s3"), true);
        }
        if (!request.query().isEmpty()) {
            return ofQuery(request.query());
        }
        return new Caller(Optional.empty(), false);
    }

    private static Caller ofQuery(String query) {
        Optional<String> credential = QueryText.getIgnoringCase(query, "X-Amz-Credential");
        if (credential.isPresent()) {
            return new Caller(service(credential.get(), 0), true);
        }
        boolean version2 = QueryText.has(query, "AWSAccessKeyId") && QueryText.has(query, "Signature");
        boolean s3 = version2 && !QueryText.has(query, "Action");
        return new Caller(s3 ? Optional.of("s3") : Optional.empty(), version2);
    }

    /// The part before the last of `AKID/date/region/service/aws4_request`.
    private static Optional<String> service(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ' ') {
            end++;
        }
        int last = text.lastIndexOf('/', end - 1);
        int before = last <= from ? -1 : text.lastIndexOf('/', last - 1);
        return before < from ? Optional.empty() : Optional.of(text.substring(before + 1, last));
    }
}
