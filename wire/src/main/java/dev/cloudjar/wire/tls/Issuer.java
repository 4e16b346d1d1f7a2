package dev.cloudjar.wire.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes keys and signs certificates. The only class that needs BouncyCastle: it loads when something must be signed.
final class Issuer {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

    /// Clients refuse server certificates that live longer than 398 days.
    private static final Duration LEAF_LIFE = Duration.ofDays(397);

    private static final Duration SKEW = Duration.ofDays(1);

    private final SecureRandom random = new SecureRandom();

    KeyPair newKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IOException("This JVM makes no P-256 keys", missing);
        }
    }

    /// A new certificate authority, signed by itself.
    KeySource.Identity authority(Instant now) throws IOException {
        KeyPair pair = newKey();
        var name = new X500Principal("O=Cloudjar,CN=Cloudjar local CA " + serial().toString(36));
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder = builder(name, name, pair.getPublic(), now, AUTHORITY_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(pair.getPublic()));
            return new KeySource.Identity(pair.getPrivate(), List.of(sign(builder, pair.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IOException("Cannot make a certificate authority", failed);
        }
    }

    /// A certificate for a server that is known by `names`, DNS names or addresses, signed by `authority`.
    KeySource.Identity leaf(KeySource.Identity authority, KeyPair pair, List<String> names, Instant now)
            throws IOException {
        X509Certificate issuer = authority.chain().getFirst();
        GeneralName[] subjects = names.stream().map(Issuer::generalName).toArray(GeneralName[]::new);
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder = builder(
                            issuer.getSubjectX500Principal(),
                            new X500Principal("O=Cloudjar,CN=Cloudjar"),
                            pair.getPublic(),
                            now,
                            LEAF_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuer))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subjects));
            return new KeySource.Identity(pair.getPrivate(), List.of(sign(builder, authority.key()), issuer));
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IOException("Cannot issue a certificate for " + names, failed);
        }
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(LocalCa.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial(),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(life).minus(SKEW)),
                subject,
                key);
    }

    private BigInteger serial() {
        return new BigInteger(120, random).setBit(119);
    }

    private static X509Certificate sign(org.bouncycastle.cert.X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
