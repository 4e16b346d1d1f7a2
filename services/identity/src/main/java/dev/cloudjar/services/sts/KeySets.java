package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.checksum.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Fetches the keys of an identity provider, from this machine alone: a local cloud asks nobody else. Over
/// http, or over https where that is what the port speaks: then a certificate of the server must have one of
/// the provider's thumbprints. A server of http that is asked in TLS may wait for ever, the other way round
/// none does.
final class KeySets {
    private static final int PATIENCE = 2_000;
    private static final int MOST = 1 << 20;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final List<String> thumbprints;

    KeySets(List<String> thumbprints) {
        this.thumbprints = thumbprints;
    }

    /// The keys of the provider at `issuer`, without scheme; nothing where it does not answer or is elsewhere.
    Optional<Map<String, @Nullable Object>> of(String issuer) {
        return document("http://" + issuer + DISCOVERY)
                .or(() -> document("https://" + issuer + DISCOVERY))
                .map(found -> String.valueOf(found.get("jwks_uri")))
                .flatMap(this::document);
    }

    private Optional<Map<String, @Nullable Object>> document(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                return Optional.empty();
            }
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(trusting().getSocketFactory());
            }
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            try (InputStream in = connection.getInputStream()) {
                return Json.object(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
            }
        } catch (SSLHandshakeException other) {
            if (other.getCause() instanceof CertificateException) {
                throw Sts.INVALID_IDENTITY_TOKEN_EXCEPTION.because(
                        "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint");
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException unreachable) {
            return Optional.empty();
        }
    }

    private SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ByThumbprint(thumbprints)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /// Trusts a server of whose certificates one has a known SHA-1 thumbprint.
    private record ByThumbprint(List<String> known) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            for (X509Certificate certificate : chain) {
                String thumbprint = Digests.hex(Digests.named("SHA-1").digest(certificate.getEncoded()));
                if (known.stream().anyMatch(thumbprint::equalsIgnoreCase)) {
                    return;
                }
            }
            throw new CertificateException("no certificate of the server has a known thumbprint");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("no client is known here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
