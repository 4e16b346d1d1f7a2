package dev.cloudjar.wire.route;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The `Action` and `Version` that a query request asks for, in its query or its form, and the request with its
/// form still to be read.
record QueryAction(Optional<String> action, Optional<String> version, HttpRequest request) {
    /// The largest form that is read to find its action; AWS takes none near it.
    private static final int LARGEST = 16 << 20;

    private static final String FORM = "application/x-www-form-urlencoded";

    static QueryAction of(HttpRequest request) throws IOException {
        QueryAction inQuery = in(request.query(), request);
        if (inQuery.action.isPresent() || !isForm(request)) {
            return inQuery;
        }
        Blob form = form(request.body());
        QueryAction inForm = in(new String(form.bytes(), StandardCharsets.ISO_8859_1), request.withBody(Body.of(form)));
        return inForm.version.isPresent() ? inForm : new QueryAction(inForm.action, inQuery.version, inForm.request);
    }

    private static QueryAction in(String text, HttpRequest request) {
        return new QueryAction(QueryText.get(text, "Action"), QueryText.get(text, "Version"), request);
    }

    static boolean isForm(HttpRequest request) {
        String type = request.headers().get("Content-Type").orElse("");
        return request.method().equals("POST") && type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    private static Blob form(Body body) throws IOException {
        if (body instanceof Body.Bytes(Blob bytes)) {
            return bytes;
        }
        try (InputStream in = body.open()) {
            byte[] bytes = in.readNBytes(LARGEST);
            if (bytes.length == LARGEST && in.read() >= 0) {
                throw Refusals.tooLarge(LARGEST);
            }
            return Blob.of(bytes);
        }
    }
}
