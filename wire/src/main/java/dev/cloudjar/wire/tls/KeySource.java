package dev.cloudjar.wire.tls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// Gives the private key and certificates that a server proves a name with. Called from any thread; it may block.
@FunctionalInterface
public interface KeySource {
    /// A key with its certificate chain, leaf first.
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }
    }

    /// The identity for `serverName`, which is empty where the client named none.
    Identity identity(String serverName) throws IOException;
}
