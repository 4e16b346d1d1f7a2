package dev.cloudjar.app;

import dev.cloudjar.kernel.checksum.Digests;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in a bucket, written as a URL with the bucket first in its path, and requests to it, signed with
/// SigV4: `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1`.
record BucketUrl(String origin, String path, Keys keys) {
    /// With what is signed; without a session token that is empty.
    record Keys(String id, String secret, String token, String region) {}

    private static final Pattern FORM = Pattern.compile("(https?://)(?:([^:@/]+):([^@/]+)@)?([A-Za-z0-9.:\\[\\]-]+)"
            + "/([a-z0-9][a-z0-9.-]+)((?:/[A-Za-z0-9._-]+)*)/?(?:\\?region=([a-z0-9-]+))?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static BucketUrl parse(String text, Map<String, String> environment) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Options.Misuse("--blobs is a URL like https://KEY:SECRET@host/bucket/prefix?region=us-east-1.");
        }
        boolean own = form.group(2) != null;
        String id = own ? form.group(2) : environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = own ? form.group(3) : environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String token = own ? "" : environment.getOrDefault("AWS_SESSION_TOKEN", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new Options.Misuse(
                    "--blobs needs credentials: in its URL, or in AWS_ACCESS_KEY_ID and" + " AWS_SECRET_ACCESS_KEY.");
        }
        String region = form.group(7) == null ? environment.getOrDefault("AWS_REGION", "us-east-1") : form.group(7);
        String path = '/' + form.group(5) + form.group(6) + '/';
        return new BucketUrl(form.group(1) + form.group(4), path, new Keys(id, secret, token, region));
    }

    URI object(String name) {
        return URI.create(origin + path + name);
    }

    /// A page of all names, the first where there is no `token`.
    URI list(String token) {
        int bucket = path.indexOf('/', 1);
        String next = token.isEmpty() ? "" : "continuation-token=" + encoded(token) + '&';
        return URI.create(origin + path.substring(0, bucket) + '?' + next + "list-type=2&prefix="
                + encoded(path.substring(bucket + 1)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    /// A request that only wants to be built; `sha256` is that of its body.
    HttpRequest.Builder signed(String method, URI uri, BodyPublisher body, String sha256) {
        String time = TIME.format(InstantSource.system().instant());
        String day = time.substring(0, 8);
        String scope = String.join("/", day, keys.region(), "s3", "aws4_request");
        String names = "host;x-amz-content-sha256;x-amz-date" + (keys.token().isEmpty() ? "" : ";x-amz-security-token");
        String headers = "host:" + uri.getAuthority() + "\nx-amz-content-sha256:" + sha256 + "\nx-amz-date:" + time
                + (keys.token().isEmpty() ? "" : "\nx-amz-security-token:" + keys.token()) + "\n";
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String canonical = String.join("\n", method, uri.getRawPath(), query, headers, names, sha256);
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, Digests.hex(Digests.sha256(canonical)));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body)
                .header("x-amz-content-sha256", sha256)
                .header("x-amz-date", time)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + keys.id() + '/' + scope + ", SignedHeaders=" + names
                                + ", Signature=" + Digests.hex(mac(key(scope), toSign)));
        return keys.token().isEmpty() ? request : request.header("x-amz-security-token", keys.token());
    }

    private byte[] key(String scope) {
        byte[] key = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope.split("/", -1))) {
            key = mac(key, part);
        }
        return key;
    }

    private static byte[] mac(byte[] key, String text) {
        return Digests.hmacSha256(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
