package dev.cloudjar.services.sts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// An identity provider of SAML 2.0: its metadata, and responses that it has signed.
final class Idp {
    static final String NAME = "https://idp.example.com/saml";
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

    private final KeyStore store;

    Idp() {
        try (InputStream in = Idp.class.getResourceAsStream("idp.p12")) {
            store = KeyStore.getInstance("PKCS12");
            store.load(Objects.requireNonNull(in), PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String metadata() {
        try {
            String certificate = Base64.getMimeEncoder()
                    .encodeToString(store.getCertificate("idp").getEncoded());
            return """
                    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
                      <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                        <md:KeyDescriptor use="signing">
                          <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
                            <ds:X509Certificate>%s</ds:X509Certificate>
                          </ds:X509Data></ds:KeyInfo>
                        </md:KeyDescriptor>
                      </md:IDPSSODescriptor>
                    </md:EntityDescriptor>
                    """.formatted(NAME, certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The response with its assertion signed, as it is sent.
    String signed(String response) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            Document document = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(response.getBytes(StandardCharsets.UTF_8)));
            sign((Element)
                    document.getElementsByTagNameNS(ASSERTION, "Assertion").item(0));
            var text = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
            return encoded(text.toString());
        } catch (ParserConfigurationException | SAXException | IOException | TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String response) {
        return Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(String response) {
        return new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
    }

    private void sign(Element assertion) {
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            Reference reference = factory.newReference(
                    '#' + assertion.getAttribute("ID"),
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(
                            factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null);
            SignedInfo info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", null),
                    List.of(reference));
            var key = store.getKey("idp", PASSWORD);
            var context =
                    new DOMSignContext(key, assertion, assertion.getFirstChild().getNextSibling());
            context.setIdAttributeNS(assertion, null, "ID");
            factory.newXMLSignature(info, null).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }
}
