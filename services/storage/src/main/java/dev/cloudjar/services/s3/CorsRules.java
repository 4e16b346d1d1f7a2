package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.CORSRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which pages of other origins may use a bucket, and how they are told so.
final class CorsRules {
    private static final int MOST = 100;
    private static final List<String> METHODS = List.of("GET", "PUT", "HEAD", "POST", "DELETE");

    private CorsRules() {}

    static void check(S3.CORSConfiguration configuration) {
        List<CORSRule> rules = configuration.corsRules();
        if (rules.size() > MOST) {
            throw Refusals.malformedXml();
        }
        for (CORSRule rule : rules) {
            for (String method : rule.allowedMethods()) {
                if (!METHODS.contains(method)) {
                    throw Refusals.request(
                            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
                }
            }
            rule.allowedOrigins().forEach(origin -> checkStars("AllowedOrigin", origin));
            rule.allowedHeaders().forEach(header -> checkStars("AllowedHeader", header));
            for (String header : rule.exposeHeaders()) {
                if (header.contains("*")) {
                    throw Refusals.request("ExposeHeader \"" + header
                            + "\" contains wildcard. We currently do not support wildcard for ExposeHeader");
                }
            }
        }
    }

    private static void checkStars(String what, String pattern) {
        if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
            throw Refusals.request(what + " \"" + pattern + "\" can not have more than one wildcard.");
        }
    }

    /// The rule by which a page of `origin` may send `method` with these headers, if there is one.
    static Optional<CORSRule> find(
            S3.CORSConfiguration configuration, String origin, String method, List<String> headers) {
        return configuration.corsRules().stream()
                .filter(rule -> rule.allowedMethods().contains(method))
                .filter(rule -> rule.allowedOrigins().stream().anyMatch(pattern -> matches(pattern, origin)))
                .filter(rule -> headers.stream().allMatch(header -> allows(rule, header)))
                .findFirst();
    }

    private static boolean allows(CORSRule rule, String header) {
        return rule.allowedHeaders().stream()
                .anyMatch(pattern ->
                        matches(pattern.toLowerCase(Locale.ROOT), header.strip().toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        String head = pattern.substring(0, star);
        String tail = pattern.substring(star + 1);
        return text.length() >= head.length() + tail.length() && text.startsWith(head) && text.endsWith(tail);
    }
}
