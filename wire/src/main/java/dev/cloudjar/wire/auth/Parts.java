package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pieces of a version 4 signature as they stand in the request, some of them perhaps missing. What is
/// asked of them depends on the key: see [#complete].
record Parts(
        @Nullable Algorithm algorithm,
        @Nullable String credential,
        @Nullable String signedHeaders,
        @Nullable String signature,
        @Nullable String date,
        @Nullable String token,
        Source source) {

    /// Where the pieces stood: the text of an `Authorization` header, or a query with its `X-Amz-Expires`.
    record Source(String text, boolean presigned, @Nullable String expires) {}

    static Parts ofHeader(String authorization, Headers headers, Wording wording) {
        int space = authorization.indexOf(' ');
        Algorithm algorithm = Algorithm.named(space < 0 ? authorization : authorization.substring(0, space));
        String[] found = new String[3];
        int at = space < 0 ? authorization.length() : space;
        while (at < authorization.length()) {
            int end = endOfToken(authorization, at);
            if (end > at) {
                keep(authorization, authorization.substring(at, end), found, wording);
            }
            at = end + 1;
        }
        String date = headers.get("X-Amz-Date").or(() -> headers.get("Date")).orElse(null);
        return new Parts(
                algorithm,
                found[0],
                found[1],
                found[2],
                date,
                token(headers).orElse(null),
                new Source(authorization, false, null));
    }

    /// A session's token; those of directory buckets come under a name of their own.
    private static Optional<String> token(Headers headers) {
        return headers.get("X-Amz-Security-Token").or(() -> headers.get("X-Amz-S3session-Token"));
    }

    private static void keep(String authorization, String token, @Nullable String[] found, Wording wording) {
        int equals = token.indexOf('=');
        if (equals < 0) {
            throw wording.refuse(new Flaw.NotKeyValue(token, authorization));
        }
        String value = token.substring(equals + 1);
        switch (token.substring(0, equals)) {
            case "Credential" -> found[0] = value;
            case "SignedHeaders" -> found[1] = value;
            case "Signature" -> found[2] = value;
            default -> {
                return;
            }
        }
    }

    private static int endOfToken(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ',' && text.charAt(at) != '\t') {
            at++;
        }
        return at;
    }

    static Parts ofQuery(HttpRequest request, Wording wording) {
        String query = request.query();
        String named = value(query, "X-Amz-Algorithm");
        Algorithm algorithm = named == null ? null : Algorithm.named(named);
        if (named != null && algorithm == null) {
            throw wording.refuse(new Flaw.BadAlgorithm(named));
        }
        String token = value(query, "X-Amz-Security-Token");
        return new Parts(
                algorithm,
                value(query, "X-Amz-Credential"),
                value(query, "X-Amz-SignedHeaders"),
                value(query, "X-Amz-Signature"),
                value(query, "X-Amz-Date"),
                token != null ? token : token(request.headers()).orElse(null),
                new Source(query, true, value(query, "X-Amz-Expires")));
    }

    private static @Nullable String value(String query, String name) {
        return QueryText.getIgnoringCase(query, name).orElse(null);
    }

    /// The credential scope, which even an unchecked signature must have.
    CredentialScope scope(Wording wording) {
        if (credential == null) {
            throw wording.refuse(missing());
        }
        CredentialScope scope = CredentialScope.parse(credential, algorithm == null ? Algorithm.HMAC : algorithm);
        if (scope == null) {
            throw wording.refuse(new Flaw.BadCredential(credential, source.presigned));
        }
        return scope;
    }

    /// Everything a signature needs for being checked.
    Claim complete(Wording wording, boolean expiryNeeded) {
        CredentialScope scope = scope(wording);
        boolean lacksExpiry = expiryNeeded && source.presigned && source.expires == null;
        if (algorithm == null || signedHeaders == null || signature == null || date == null || lacksExpiry) {
            throw wording.refuse(missing());
        }
        Instant basic = AmzDate.parse(date);
        Instant at = basic == null && !source.presigned ? AmzDate.parseHeader(date) : basic;
        if (at == null) {
            throw wording.refuse(new Flaw.BadDate(date, source.presigned));
        }
        return new Claim(
                algorithm,
                scope,
                signedHeaders,
                signature,
                basic == null ? AmzDate.format(at) : date,
                expires(wording),
                Optional.ofNullable(token),
                source.presigned);
    }

    /// How long a presigned URL is good for.
    Optional<Duration> expires(Wording wording) {
        String text = source.expires;
        if (text == null) {
            return Optional.empty();
        }
        long seconds = text.isEmpty() || text.length() > 9 ? -1 : 0;
        for (int i = 0; i < text.length() && seconds >= 0; i++) {
            int digit = text.charAt(i) - '0';
            seconds = digit < 0 || digit > 9 ? -1 : seconds * 10 + digit;
        }
        if (seconds < 0 || seconds > S3Wording.WEEK) {
            throw wording.refuse(new Flaw.BadExpires(text));
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private Flaw missing() {
        List<String> missing = new ArrayList<>();
        if (source.presigned) {
            addIfNull(algorithm, "X-Amz-Algorithm", missing);
            addIfNull(credential, "X-Amz-Credential", missing);
            addIfNull(signature, "X-Amz-Signature", missing);
            addIfNull(signedHeaders, "X-Amz-SignedHeaders", missing);
            addIfNull(date, "X-Amz-Date", missing);
            return new Flaw.MissingParameters(missing);
        }
        addIfNull(credential, "Credential", missing);
        addIfNull(signature, "Signature", missing);
        addIfNull(signedHeaders, "SignedHeaders", missing);
        addIfNull(date, "X-Amz-Date", missing);
        return new Flaw.MissingParts(missing, source.text);
    }

    private static void addIfNull(@Nullable String part, String name, List<String> missing) {
        if (part == null) {
            missing.add(name);
        }
    }

    private static void addIfNull(@Nullable Algorithm part, String name, List<String> missing) {
        if (part == null) {
            missing.add(name);
        }
    }
}
