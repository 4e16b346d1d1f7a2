package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.policy.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A URL by which whoever has it does one thing to S3 in its caller's name, for a minute: SigV4 in the query, by
/// credentials of a session that is made for it.
///
/// @param host scheme and authority
/// @param path the bucket's name and behind a slash the key, not encoded
/// @param headers those that are signed beside the host, which whoever uses the URL must send
record Presigned(
        String method, String host, String path, SortedMap<String, String> query, SortedMap<String, String> headers) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Duration SESSION = Duration.ofMinutes(15);
    private static final int SECONDS = 61;
    private static final int DATE = 8;

    /// The URL, for somebody called by the service `via`.
    String url(Kernel kernel, String via) {
        Sessions.Issued by = session(kernel, via);
        String time = TIME.format(now());
        String scope = time.substring(0, DATE) + '/' + Call.current().region() + "/s3/aws4_request";
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", host.substring(host.indexOf("://") + 3));
        SortedMap<String, String> all = new TreeMap<>(query);
        all.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        all.put("X-Amz-Credential", by.accessKeyId() + '/' + scope);
        all.put("X-Amz-Date", time);
        all.put("X-Amz-Expires", Integer.toString(SECONDS));
        all.put("X-Amz-Security-Token", by.token());
        all.put("X-Amz-SignedHeaders", String.join(";", signed.keySet()));
        String asked = joined(all);
        String canonical = String.join(
                "\n",
                method,
                encoded(path, true),
                asked,
                signed.entrySet().stream()
                        .map(each -> each.getKey() + ':' + each.getValue() + '\n')
                        .collect(Collectors.joining()),
                String.join(";", signed.keySet()),
                "UNSIGNED-PAYLOAD");
        String text = String.join("\n", "AWS4-HMAC-SHA256", time, scope, Digests.hex(Digests.sha256(canonical)));
        return host + encoded(path, true) + '?' + asked + "&X-Amz-Signature=" + signature(by.secret(), scope, text);
    }

    /// Now, by the clock by which signatures age.
    private static Instant now() {
        return Call.current().facts().of("cloudjar:signedat").stream()
                .findFirst()
                .map(Instant::parse)
                .orElse(Call.current().request().at());
    }

    private static Sessions.Issued session(Kernel kernel, String via) {
        Principal caller = Call.current().principal();
        Session old = caller.session();
        Map<String, String> facts = new HashMap<>(old.facts());
        facts.put("aws:calledvia", via);
        Instant now = kernel.time().now();
        var session = new Session(
                old.isNone() ? caller.arn() : old.issuer(),
                old.isNone() ? now : old.issued(),
                old.policies(),
                old.tags(),
                old.transitive(),
                facts,
                Optional.empty());
        Instant most = now.plus(SESSION);
        Instant until = old.expires().filter(most::isAfter).orElse(most);
        return new Sessions(kernel)
                .issue(new Principal(caller.arn(), caller.account(), caller.userId(), session), until);
    }

    private static String signature(String secret, String scope, String text) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return Digests.hex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        return Digests.hmacSha256(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey(), false) + '=' + encoded(each.getValue(), false))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text, boolean path) {
        var out = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-_.~".indexOf(c) >= 0 || path && c == '/') {
                out.append(c);
            } else {
                out.append('%').append(Digests.hex(new byte[] {each}).toUpperCase(java.util.Locale.ROOT));
            }
        }
        return out.toString();
    }
}
