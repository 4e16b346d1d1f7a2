package dev.cloudjar.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A POST with a signature of version 4, good for a quarter of an hour.
record SignedRequest(SortedMap<String, String> headers, String body) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String REGION = "us-east-1";

    /// With whose key, for which service, where.
    record Signer(String key, String secret, int port) {}

    static SignedRequest of(Signer signer, String service, Map<String, String> more, String body, Instant now) {
        String at = DATE.format(now);
        var headers = new TreeMap<>(more);
        headers.put("host", "localhost:" + signer.port());
        headers.put("x-amz-date", at);
        String names = String.join(";", headers.keySet());
        String canonical = "POST\n/\n\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ':' + header.getValue() + '\n')
                        .collect(Collectors.joining())
                + '\n' + names + '\n' + sha256(body);
        String day = at.substring(0, 8);
        String scope = day + '/' + REGION + '/' + service + "/aws4_request";
        String text = "AWS4-HMAC-SHA256\n" + at + '\n' + scope + '\n' + sha256(canonical);
        byte[] key = ("AWS4" + signer.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, REGION, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + signer.key() + '/' + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HexFormat.of().formatHex(hmac(key, text)));
        return new SignedRequest(headers, body);
    }

    /// As the load generator's script reads it.
    String text() {
        return headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue() + '\n')
                        .collect(Collectors.joining())
                + '\n'
                + body;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
