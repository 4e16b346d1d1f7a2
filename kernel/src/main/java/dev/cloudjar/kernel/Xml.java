package dev.cloudjar.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// An element of an XML document that somebody has signed, such as an assertion of SAML. Documents with a
/// document type are not read, so that none has entities.
public final class Xml {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final Set<String> HARMLESS = Set.of(
            Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS);
    private static final String ID = "ID";

    private final Element element;

    private Xml(Element element) {
        this.element = element;
    }

    /// The root of the document, if it is one.
    public static Optional<Xml> read(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return Optional.of(
                    new Xml(builder.parse(new ByteArrayInputStream(document)).getDocumentElement()));
        } catch (SAXException | IOException malformed) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK reads XML without document types", e);
        }
    }

    public boolean is(String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /// The elements of that name at any depth below this one.
    public Stream<Xml> all(String namespace, String name) {
        NodeList found = element.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> new Xml((Element) found.item(i)));
    }

    /// The elements of that name directly in this one.
    public Stream<Xml> children(String namespace, String name) {
        return all(namespace, name).filter(each -> each.element.getParentNode() == element);
    }

    public Optional<String> attribute(String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }

    /// The text in it, at any depth, without the blanks around it.
    public String text() {
        return element.getTextContent().strip();
    }

    /// Whether one of `keys` signed this very element: by a signature that stands in it and covers all of it and
    /// nothing else.
    public boolean isSignedBy(List<PublicKey> keys) {
        return children(XMLSignature.XMLNS, "Signature")
                .findFirst()
                .filter(_ -> element.hasAttribute(ID))
                .map(signature -> keys.stream().anyMatch(key -> isSigned(signature.element, key)))
                .orElse(false);
    }

    private boolean isSigned(Element signature, PublicKey key) {
        try {
            var context = new DOMValidateContext(key, signature);
            context.setIdAttributeNS(element, null, ID);
            XMLSignature read = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            List<Reference> covered = read.getSignedInfo().getReferences();
            return covered.size() == 1 && isThis(covered.getFirst()) && read.validate(context);
        } catch (MarshalException | XMLSignatureException unfit) {
            return false;
        }
    }

    private boolean isThis(Reference covered) {
        List<Transform> transforms = covered.getTransforms();
        return ("#" + element.getAttribute(ID)).equals(covered.getURI())
                && transforms.stream().map(Transform::getAlgorithm).allMatch(HARMLESS::contains);
    }
}
