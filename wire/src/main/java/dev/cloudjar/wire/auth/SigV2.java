package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Signature Version 2 as S3 still reads it in old presigned URLs and `Authorization: AWS key:signature`.
///
/// `time` is `Expires` in seconds for a URL, else the date that the request carries.
record SigV2(
        HttpRequest request,
        String accessKeyId,
        String signature,
        @Nullable String time,
        boolean presigned) {
    /// The sub-resources and overrides that count as part of the resource.
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "acl",
            "accelerate",
            "analytics",
            "cors",
            "delete",
            "encryption",
            "inventory",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "partNumber",
            "policy",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "restore",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    static boolean isPresigned(String query) {
        return QueryText.has(query, "AWSAccessKeyId") && QueryText.has(query, "Signature");
    }

    static SigV2 ofQuery(HttpRequest request) {
        String query = request.query();
        return new SigV2(
                request,
                QueryText.get(query, "AWSAccessKeyId").orElse(""),
                QueryText.get(query, "Signature").orElse(""),
                QueryText.get(query, "Expires").orElse(null),
                true);
    }

    static SigV2 ofHeader(String authorization, HttpRequest request) {
        String credential = authorization.substring(4).strip();
        int colon = credential.indexOf(':');
        Headers headers = request.headers();
        return new SigV2(
                request,
                colon < 0 ? credential : credential.substring(0, colon),
                colon < 0 ? "" : credential.substring(colon + 1),
                headers.get("x-amz-date").or(() -> headers.get("Date")).orElse(null),
                false);
    }

    Identity authenticate(SecretKeys keys, CredentialRules rules, Endpoint endpoint, Instant now) {
        Instant at = instant();
        Optional<String> token = request.headers()
                .get("x-amz-security-token")
                .or(() -> QueryText.getIgnoringCase(request.query(), "x-amz-security-token"));
        if (presigned && now.isAfter(at)) {
            throw S3Wording.INSTANCE.refuse(new Flaw.Expired(at, 0, now));
        }
        Optional<String> rootOf = switch (rules.of(accessKeyId, token, keys)) {
            case CredentialRules.Root root -> Optional.of(root.account());
            case CredentialRules.Unknown _ -> throw S3Wording.INSTANCE.refuse(new Flaw.UnknownKey(accessKeyId));
            case CredentialRules.Issued issued -> {
                check(issued.key(), token, at, now);
                yield Optional.empty();
            }
        };
        return new Identity.Signed(
                accessKeyId, token, endpoint.region(), endpoint.service().signingName(), rootOf, presigned);
    }

    private Instant instant() {
        String text = time == null ? "" : time;
        Instant at;
        if (presigned) {
            boolean number =
                    !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            at = number ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
        } else {
            at = AmzDate.parseHeader(text);
        }
        if (at == null) {
            throw presigned
                    ? S3Error.of(
                                    "AccessDenied",
                                    403,
                                    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"
                                            + " parameters")
                            .toError()
                    : S3Wording.INSTANCE.refuse(new Flaw.BadDate(text, false));
        }
        return at;
    }

    private void check(SecretKeys.SecretKey key, Optional<String> token, Instant at, Instant now) {
        if (!presigned && Duration.between(at, now).abs().compareTo(CommonWording.SKEW) > 0) {
            throw S3Wording.INSTANCE.refuse(new Flaw.Skewed(at, now));
        }
        SignatureCheck.checkToken(S3Wording.INSTANCE, accessKeyId, token, key, now);
        String stringToSign = stringToSign();
        byte[] expected = Digests.hmac("HmacSHA1", key.secret().getBytes(StandardCharsets.UTF_8))
                .doFinal(stringToSign.getBytes(StandardCharsets.UTF_8));
        byte[] text = Base64.getEncoder().encode(expected);
        if (!MessageDigest.isEqual(text, signature.getBytes(StandardCharsets.UTF_8))) {
            throw S3Wording.INSTANCE.refuse(new Flaw.WrongSignature(accessKeyId, signature, stringToSign, ""));
        }
    }

    private String stringToSign() {
        Headers headers = request.headers();
        boolean hasAmzDate = headers.has("x-amz-date");
        String date = presigned ? time : hasAmzDate ? "" : headers.get("Date").orElse("");
        return request.method()
                + '\n'
                + headers.get("Content-MD5").orElse("")
                + '\n'
                + headers.get("Content-Type").orElse("")
                + '\n'
                + date
                + '\n'
                + amzHeaders()
                + resource();
    }

    private String amzHeaders() {
        var sorted = new TreeMap<String, String>();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-")) {
                sorted.merge(lower, value.strip(), (before, more) -> before + ',' + more);
            }
        });
        var text = new StringBuilder();
        sorted.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.toString();
    }

    private String resource() {
        String bucket = S3Host.bucket(request.host()).map(b -> '/' + b).orElse("");
        List<String> signed = new ArrayList<>();
        for (String parameter : request.query().split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (SIGNED_PARAMETERS.contains(name)) {
                signed.add(equals < 0 ? name : name + '=' + QueryText.decode(parameter.substring(equals + 1), true));
            }
        }
        signed.sort(null);
        return bucket + request.path() + (signed.isEmpty() ? "" : '?' + String.join("&", signed));
    }
}
