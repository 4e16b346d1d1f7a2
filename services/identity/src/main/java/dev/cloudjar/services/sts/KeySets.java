package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fetches the keys of identity providers, from this machine alone: a local cloud asks nobody else. Over https,
/// or over http where that does not answer.
final class KeySets {
    private static final int PATIENCE = 2_000;
    private static final int MOST = 1 << 20;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private KeySets() {}

    /// The keys of the provider at `issuer`, without scheme; nothing where it does not answer or is elsewhere.
    static Optional<Map<String, @Nullable Object>> of(String issuer) {
        return document("https://" + issuer + DISCOVERY)
                .or(() -> document("http://" + issuer + DISCOVERY))
                .map(found -> String.valueOf(found.get("jwks_uri")))
                .flatMap(KeySets::document);
    }

    private static Optional<Map<String, @Nullable Object>> document(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                return Optional.empty();
            }
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            try (InputStream in = connection.getInputStream()) {
                return Json.object(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException unreachable) {
            return Optional.empty();
        }
    }
}
