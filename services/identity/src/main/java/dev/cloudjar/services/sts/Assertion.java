package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Xml;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The assertion in a response of SAML 2.0, and what it says. Nothing outside of what is signed is read.
final class Assertion {
    private static final String NS = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final String SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final String FORMATS = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

    private final Xml response;
    private final Xml assertion;

    private Assertion(Xml response, Xml assertion) {
        this.response = response;
        this.assertion = assertion;
    }

    /// The one assertion that `text`, a response in base64, has directly in it.
    static Optional<Assertion> read(String text) {
        return decoded(text)
                .flatMap(Xml::read)
                .filter(root -> root.is(PROTOCOL, "Response"))
                .flatMap(root -> {
                    List<Xml> found = root.children(NS, "Assertion").toList();
                    return found.size() == 1 ? Optional.of(new Assertion(root, found.getFirst())) : Optional.empty();
                });
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    boolean isSuccess() {
        return response.children(PROTOCOL, "Status")
                .flatMap(status -> status.children(PROTOCOL, "StatusCode"))
                .anyMatch(code -> code.attribute("Value").equals(Optional.of(SUCCESS)));
    }

    /// Whether the identity provider of that metadata made it: the provider's name, and a signature by one of
    /// its keys over the assertion or the whole response.
    boolean isNamed(Xml metadata) {
        return metadata.attribute("entityID").equals(Optional.of(issuer()));
    }

    boolean isSignedBy(Xml metadata) {
        List<PublicKey> keys = keys(metadata);
        return assertion.isSignedBy(keys) || response.isSignedBy(keys);
    }

    private static List<PublicKey> keys(Xml metadata) {
        var keys = new ArrayList<PublicKey>();
        metadata.all(METADATA, "KeyDescriptor")
                .filter(descriptor -> !descriptor.attribute("use").equals(Optional.of("encryption")))
                .flatMap(descriptor -> descriptor.all(SIGNATURES, "X509Certificate"))
                .forEach(certificate -> key(certificate.text()).ifPresent(keys::add));
        return keys;
    }

    private static Optional<PublicKey> key(String certificate) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(certificate);
            return Optional.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey());
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    String issuer() {
        return texts(assertion.children(NS, "Issuer")).findFirst().orElse("");
    }

    private static Stream<String> texts(Stream<Xml> elements) {
        return elements.map(Xml::text);
    }

    private Stream<Xml> nameIds() {
        return assertion.children(NS, "Subject").flatMap(subject -> subject.children(NS, "NameID"));
    }

    String subject() {
        return texts(nameIds()).findFirst().orElse("");
    }

    /// The format of the subject's name, without the usual prefix.
    String subjectType() {
        return nameIds()
                .findFirst()
                .flatMap(name -> name.attribute("Format"))
                .map(format -> format.startsWith(FORMATS) ? format.substring(FORMATS.length()) : format)
                .orElse("");
    }

    private Stream<Xml> confirmations() {
        return assertion.children(NS, "Subject").flatMap(subject -> subject.all(NS, "SubjectConfirmationData"));
    }

    String recipient() {
        return confirmations()
                .findFirst()
                .flatMap(data -> data.attribute("Recipient"))
                .orElse("");
    }

    List<String> audiences() {
        return texts(assertion.children(NS, "Conditions").flatMap(conditions -> conditions.all(NS, "Audience")))
                .toList();
    }

    /// Whether `now` lies within all the times that it gives; it must give one at which it ends.
    boolean holdsAt(Instant now) {
        List<Xml> times = Stream.concat(confirmations(), assertion.children(NS, "Conditions"))
                .toList();
        boolean ends =
                confirmations().anyMatch(data -> data.attribute("NotOnOrAfter").isPresent());
        return ends
                && times.stream()
                        .allMatch(each ->
                                instant(each, "NotBefore").filter(now::isBefore).isEmpty()
                                        && instant(each, "NotOnOrAfter")
                                                .filter(end -> !now.isBefore(end))
                                                .isEmpty());
    }

    /// When the provider wants the session to end.
    Optional<Instant> sessionEnd() {
        return assertion
                .children(NS, "AuthnStatement")
                .flatMap(statement -> instant(statement, "SessionNotOnOrAfter").stream())
                .findFirst();
    }

    private static Optional<Instant> instant(Xml element, String attribute) {
        return element.attribute(attribute).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException unreadable) {
                return Instant.EPOCH;
            }
        });
    }

    /// The values of the attribute of that name.
    List<String> values(String name) {
        return texts(attributes()
                        .filter(attribute -> attribute.attribute("Name").equals(Optional.of(name)))
                        .flatMap(attribute -> attribute.children(NS, "AttributeValue")))
                .toList();
    }

    List<String> names() {
        return attributes()
                .flatMap(attribute -> attribute.attribute("Name").stream())
                .toList();
    }

    private Stream<Xml> attributes() {
        return assertion.children(NS, "AttributeStatement").flatMap(statement -> statement.children(NS, "Attribute"));
    }
}
