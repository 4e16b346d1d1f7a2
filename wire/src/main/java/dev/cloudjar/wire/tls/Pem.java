package dev.cloudjar.wire.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A private key and its certificates as text (RFC 7468), the key in PKCS #8.
final class Pem {
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    static String write(KeySource.Identity identity) {
        var text = new StringBuilder(block(KEY, identity.key().getEncoded()));
        identity.chain().forEach(certificate -> text.append(write(certificate)));
        return text.toString();
    }

    static String write(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /// Throws an IOException where the text holds no key or no certificate.
    static KeySource.Identity read(String text) throws IOException {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (byte[] der : blocks(text, CERTIFICATE)) {
                Certificate read =
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
                chain.add((X509Certificate) read);
            }
            List<byte[]> keys = blocks(text, KEY);
            if (keys.size() != 1 || chain.isEmpty()) {
                throw new IOException("Expected one private key and its certificates");
            }
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
            return new KeySource.Identity(key, chain);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IOException("Malformed key or certificate", malformed);
        }
    }

    private static List<byte[]> blocks(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        List<byte[]> found = new ArrayList<>();
        for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            int stop = text.indexOf(end, at);
            if (stop < 0) {
                break;
            }
            String body = text.substring(at + begin.length(), stop);
            found.add(Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)));
        }
        return found;
    }
}
