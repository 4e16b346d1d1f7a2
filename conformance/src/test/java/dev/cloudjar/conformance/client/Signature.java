package dev.cloudjar.conformance.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signature Version 4 of a request to the server at a port of this machine, made from its definition alone.
public record Signature(int port, Instant at, String region, String service) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// An access key and its secret, and the token of a session where it is one's.
    public record Key(String id, String secret, String token) {
        public Key(String id, String secret) {
            this(id, secret, "");
        }

        public Sent sign(Sent request, Signature how) {
            return how.sign(token.isEmpty() ? request : request.with("X-Amz-Security-Token", token), this);
        }
    }

    private Sent sign(Sent request, Key key) {
        String time = TIME.format(at);
        SortedMap<String, String> headers = headers(request, time);
        String signed = String.join(";", headers.keySet());
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical(request, headers)));
        byte[] secret = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            secret = mac(secret, part);
        }
        return request.with("X-Amz-Date", time)
                .with(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + key.id() + "/" + scope + ", SignedHeaders=" + signed
                                + ", Signature=" + HexFormat.of().formatHex(mac(secret, toSign)));
    }

    private SortedMap<String, String> headers(Sent request, String time) {
        var headers = new TreeMap<String, String>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.strip()));
        headers.putIfAbsent("host", "localhost:" + port);
        headers.put("x-amz-date", time);
        return headers;
    }

    private byte[] canonical(Sent request, SortedMap<String, String> headers) {
        String[] target = request.target().split("\\?", 2);
        String path = service.equals("s3") ? target[0] : target[0].replace("%", "%25");
        String query = target.length < 2
                ? ""
                : Arrays.stream(target[1].split("&"))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted(Comparator.comparing((String pair) -> pair.substring(0, pair.indexOf('=')))
                                .thenComparing(Comparator.naturalOrder()))
                        .collect(Collectors.joining("&"));
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String payload = request.headers().getOrDefault("x-amz-content-sha256", sha256(request.body()));
        return String.join("\n", request.method(), path, query, lines, String.join(";", headers.keySet()), payload)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
