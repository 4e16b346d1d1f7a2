package dev.cloudjar.conformance.laws;

import dev.cloudjar.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What web identity tokens in an answer say: each claim is a leaf of its own, in place of the token, whose
/// signature is another one every time.
final class Claims {
    private static final String START = "eyJ";

    private Claims() {}

    static Map<String, String> opened(Map<String, String> leaves) {
        if (leaves.values().stream().noneMatch(text -> text.startsWith(START))) {
            return leaves;
        }
        var opened = new LinkedHashMap<String, String>();
        leaves.forEach((path, text) ->
                of(text).ifPresentOrElse(claims -> put(opened, path, claims), () -> opened.put(path, text)));
        return opened;
    }

    /// The claims of a signed token: the second of its three parts.
    private static Optional<Map<?, ?>> of(String text) {
        String[] parts = text.split("\\.", -1);
        return text.startsWith(START) && parts.length == 3
                ? Json.object(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                        .map(claims -> claims)
                : Optional.empty();
    }

    private static void put(Map<String, String> opened, String path, Map<?, ?> claims) {
        claims.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                put(opened, path + '.' + name, inner);
            } else {
                opened.put(path + '.' + name, String.valueOf(value));
            }
        });
    }
}
