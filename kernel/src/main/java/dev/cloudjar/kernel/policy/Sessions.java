package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Identities.Credential;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Temporary credentials. Nothing of them is stored: the session token says who holds it, sealed by the world
/// that made it, and the secret follows from the token.
public final class Sessions {
    private static final String SCOPE = "session";
    private static final String PREFIX = "ASIA";

    /// What a caller is handed.
    public record Issued(String accessKeyId, String secret, String token, Instant expires) {
        @Override
        public String toString() {
            return "Issued[" + accessKeyId + "]";
        }
    }

    private final Kernel kernel;
    private final KeyIds keys;

    public Sessions(Kernel kernel) {
        this.kernel = kernel;
        this.keys = new KeyIds(kernel.ids(), kernel.tokens());
    }

    /// Credentials of `who`, good until `expires`.
    public Issued issue(Principal who, Instant expires) {
        String id = keys.key(PREFIX);
        Session session = who.session();
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("key", id);
        content.put("arn", who.arn());
        content.put("account", who.account());
        content.put("user", who.userId());
        content.put("expires", expires.toEpochMilli());
        content.put("issuer", session.issuer());
        content.put("issued", session.issued().toEpochMilli());
        content.put("policies", session.policies());
        content.put("tags", session.tags());
        content.put("transitive", session.transitive());
        content.put("facts", session.facts());
        String token = kernel.tokens().seal(SCOPE, Json.write(content));
        return new Issued(id, keys.secret(token), token, expires);
    }

    /// Whose key this is. A key that this world made is nothing without its token; a key that it did not make
    /// is not its affair.
    public Optional<Credential> open(String accessKeyId, Optional<String> token) {
        if (!accessKeyId.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<Credential> opened = token.flatMap(text -> kernel.tokens()
                .open(SCOPE, text)
                .flatMap(Json::object)
                .filter(content -> accessKeyId.equals(content.get("key")))
                .map(content -> credential(content, keys.secret(text))));
        boolean lost = opened.isEmpty() && keys.isOurs(accessKeyId);
        return lost ? Optional.of(new Credential(Principal.anonymous(), "", Instant.EPOCH, false)) : opened;
    }

    private static Credential credential(Map<String, @Nullable Object> content, String secret) {
        var session = new Session(
                text(content, "issuer"),
                instant(content, "issued"),
                texts(content.get("policies")),
                map(content.get("tags")),
                texts(content.get("transitive")),
                map(content.get("facts")),
                Optional.of(instant(content, "expires")));
        var who = new Principal(text(content, "arn"), text(content, "account"), text(content, "user"), session);
        return new Credential(who, secret, instant(content, "expires"), true);
    }

    private static String text(Map<String, @Nullable Object> content, String name) {
        return String.valueOf(content.get(name));
    }

    private static Instant instant(Map<String, @Nullable Object> content, String name) {
        return content.get(name) instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, String> map(@Nullable Object value) {
        var map = new LinkedHashMap<String, String>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, each) -> map.put(String.valueOf(name), String.valueOf(each)));
        }
        return map;
    }
}
