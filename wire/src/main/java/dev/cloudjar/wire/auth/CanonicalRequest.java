package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.ArrayList;
import java.util.Locale;

/// The one spelling of a request that both ends sign: method, path, query, signed headers and the body's hash.
final class CanonicalRequest {
    private static final int TYPICAL_SIZE = 1024;

    private CanonicalRequest() {}

    /// `verbatimPath` is S3's way: the path is encoded once and nothing is normalised.
    static ByteText of(HttpRequest request, Claim claim, String payloadHash, boolean verbatimPath) {
        var text = new ByteText(TYPICAL_SIZE);
        text.add(request.method()).add('\n');
        text.add(path(request.path(), verbatimPath)).add('\n');
        addQuery(request.query(), claim.presigned(), text);
        text.add('\n');
        addHeaders(request, claim.signedHeaders(), text);
        return text.add('\n').add(claim.signedHeaders()).add('\n').add(payloadHash);
    }

    private static String path(String raw, boolean verbatim) {
        if (raw.isEmpty()) {
            return "/";
        }
        return verbatim ? UriEncoding.canonical(raw, true, false) : UriEncoding.encodeAgain(UriEncoding.normalise(raw));
    }

    private static void addQuery(String query, boolean presigned, ByteText text) {
        if (query.isEmpty()) {
            return;
        }
        var parameters = new ArrayList<Parameter>();
        int at = 0;
        while (at <= query.length()) {
            int ampersand = query.indexOf('&', at);
            int end = ampersand < 0 ? query.length() : ampersand;
            if (end > at) {
                Parameter parameter = Parameter.parse(query.substring(at, end));
                if (!presigned || !parameter.name.equalsIgnoreCase("X-Amz-Signature")) {
                    parameters.add(parameter);
                }
            }
            at = end + 1;
        }
        parameters.sort(null);
        boolean first = true;
        for (Parameter parameter : parameters) {
            if (!first) {
                text.add('&');
            }
            text.add(parameter.name).add('=').add(parameter.value);
            first = false;
        }
    }

    private record Parameter(String name, String value) implements Comparable<Parameter> {
        static Parameter parse(String raw) {
            int equals = raw.indexOf('=');
            String name = equals < 0 ? raw : raw.substring(0, equals);
            String value = equals < 0 ? "" : raw.substring(equals + 1);
            return new Parameter(UriEncoding.canonical(name, false, true), UriEncoding.canonical(value, false, true));
        }

        @Override
        public int compareTo(Parameter other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }

    private static void addHeaders(HttpRequest request, String signedHeaders, ByteText text) {
        int at = 0;
        while (at <= signedHeaders.length()) {
            int semicolon = signedHeaders.indexOf(';', at);
            int end = semicolon < 0 ? signedHeaders.length() : semicolon;
            String name = signedHeaders.substring(at, end);
            text.add(name.toLowerCase(Locale.ROOT)).add(':');
            if (name.equalsIgnoreCase("host")) {
                addValue(request.host(), text);
            } else {
                addValues(request.headers(), name, text);
            }
            text.add('\n');
            at = end + 1;
        }
    }

    private static void addValues(Headers headers, String name, ByteText text) {
        boolean[] first = {true};
        headers.forEach((key, value) -> {
            if (key.equalsIgnoreCase(name)) {
                if (!first[0]) {
                    text.add(',');
                }
                addValue(value, text);
                first[0] = false;
            }
        });
    }

    /// Adds a value without the blanks around it; inner ones count as one.
    private static void addValue(String value, ByteText text) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        int start = from;
        for (int i = from; i < to; i++) {
            if (isBlank(value.charAt(i)) && isBlank(value.charAt(i + 1))) {
                text.add(value, start, i);
                start = i + 1;
            }
        }
        text.add(value, start, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
