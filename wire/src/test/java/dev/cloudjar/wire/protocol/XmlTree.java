package dev.cloudjar.wire.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// An XML element, read without the code under test: without namespaces, and text only where there are no elements.
record XmlTree(String name, Map<String, String> attributes, String text, List<XmlTree> children) {
    private static final Set<String> METADATA = Set.of("ResponseMetadata", "requestId", "RequestId", "RequestID");

    static XmlTree parse(String text) {
        try {
            return of(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.strip().getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement());
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw new AssertionError("not XML: " + text, e);
        }
    }

    private static XmlTree of(Element element) {
        var attributes = new TreeMap<String, String>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (!attribute.getNodeName().startsWith("xmlns")) {
                attributes.put(attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        var children = new ArrayList<XmlTree>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested) {
                children.add(of(nested));
            }
        }
        String text = children.isEmpty() ? element.getTextContent() : "";
        String name = element.getNodeName();
        return new XmlTree(name.substring(name.indexOf(':') + 1), attributes, text, children);
    }

    /// The same tree without the metadata of an answer and mere indentation, its elements in the order of their
    /// names.
    XmlTree canonical() {
        List<XmlTree> kept = children.stream()
                .filter(child -> !METADATA.contains(child.name()))
                .map(XmlTree::canonical)
                .sorted(Comparator.comparing(XmlTree::name))
                .toList();
        boolean indentation = text.isBlank() && text.indexOf('\n') >= 0;
        return new XmlTree(name, attributes, indentation ? "" : text, kept);
    }

    /// What of this tree `other` lacks, as paths.
    List<String> missingFrom(XmlTree other) {
        var missing = new ArrayList<String>();
        var rest = new ArrayList<>(other.children);
        for (XmlTree child : children) {
            var same = rest.stream()
                    .filter(candidate -> candidate.name.equals(child.name))
                    .min(Comparator.comparingInt(
                            candidate -> child.missingFrom(candidate).size()));
            if (same.isEmpty()) {
                missing.add(name + '/' + child.name + " = " + child.text);
            } else {
                rest.remove(same.get());
                child.missingFrom(same.get()).forEach(path -> missing.add(name + '/' + path));
            }
        }
        if (children.isEmpty() && !text.strip().equals(other.text.strip()) && other.children.isEmpty()) {
            missing.add(name + ": " + text + " is not " + other.text);
        }
        return missing;
    }
}
