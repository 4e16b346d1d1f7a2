package dev.cloudjar.wire.protocol;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A hardened cursor over one XML document: no DTD, no entities but XML's own five, bounded depth.
///
/// Whatever is not well-formed is [Unreadable].
final class XmlReader {
    /// Limits of the JDK that count XML's own five entities too, and so refuse long texts with many ampersands. A
    /// document cannot declare entities here.
    private static final List<String> LIMITS = List.of(
            "jdk.xml.entityExpansionLimit", "jdk.xml.totalEntitySizeLimit", "jdk.xml.maxGeneralEntitySizeLimit");

    private static final XMLInputFactory FACTORY = hardened();

    private final XMLStreamReader in;
    private int depth;

    private XmlReader(XMLStreamReader in) {
        this.in = in;
    }

    /// Stands at the root element.
    static XmlReader open(byte[] bytes) {
        try {
            var reader = new XmlReader(FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes)));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                reader.refuseEnd();
            }
            return reader;
        } catch (XMLStreamException e) {
            throw new Unreadable("");
        }
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        for (String limit : LIMITS) {
            factory.setProperty(limit, "0");
        }
        return factory;
    }

    /// The name of the element without its prefix.
    String name() {
        return in.getLocalName();
    }

    /// An attribute by its name as written, prefix included.
    Optional<String> attribute(String name) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String prefix = in.getAttributePrefix(i);
            String local = in.getAttributeLocalName(i);
            boolean plain = prefix == null || prefix.isEmpty();
            if (plain ? local.equals(name) : name.equals(prefix + ':' + local)) {
                return Optional.of(in.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    /// Moves to the next child of the element that is open, or past its end where there is none left.
    boolean nextChild() {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                default -> refuseEnd();
            }
        }
    }

    /// The text of the element, up to and past its end. Elements within it are refused.
    String text() {
        String first = "";
        StringBuilder all = new StringBuilder(0);
        while (true) {
            switch (next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (first.isEmpty()) {
                        first = in.getText();
                    } else {
                        all.append(all.isEmpty() ? first : "").append(in.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return all.isEmpty() ? first : all.toString();
                }
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new Unreadable("");
            }
        }
    }

    /// Passes over the element and all that it holds.
    void skip() {
        int outside = depth - 1;
        while (depth > outside) {
            next();
            refuseEnd();
        }
    }

    /// Reads to the end of the document, so that what follows the root must be well-formed too.
    void finish() {
        while (next() != XMLStreamConstants.END_DOCUMENT) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                throw new Unreadable("");
            }
        }
    }

    private int next() {
        try {
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > TreeReader.MAX_DEPTH) {
                        throw new Unreadable("");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new Unreadable("");
                default -> {}
            }
            return event;
        } catch (XMLStreamException e) {
            throw new Unreadable("");
        }
    }

    private void refuseEnd() {
        if (in.getEventType() == XMLStreamConstants.END_DOCUMENT) {
            throw new Unreadable("");
        }
    }
}
