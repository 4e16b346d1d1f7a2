package dev.cloudjar.conformance.client;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// Reads the XML of the query protocols and of restXml by the shape of what is expected.
final class XmlOutput {
    private final Protocol protocol;
    private final OperationSchema operation;

    XmlOutput(Protocol protocol, OperationSchema operation) {
        this.protocol = protocol;
        this.operation = operation;
    }

    Map<String, Object> read(StructShape shape, byte[] body) throws IOException {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getDocumentElement();
            String wrapper = operation.resultWrapper().orElse("");
            List<Element> result = wrapper.isEmpty() ? List.of() : children(root, wrapper);
            return struct(shape, result.isEmpty() ? root : result.getFirst());
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException("not XML", malformed);
        }
    }

    private Map<String, Object> struct(StructShape shape, Element element) {
        var values = new LinkedHashMap<String, Object>();
        for (Member member : shape.members()) {
            if (member.wire().location() != Location.BODY) {
                continue;
            }
            List<Element> found = children(element, name(member));
            if (!found.isEmpty()) {
                values.put(member.name(), value(member, found));
            }
        }
        return values;
    }

    private String name(Member member) {
        boolean flat = member.is(Trait.FLATTENED) || member.target() instanceof ListShape list && list.flattened();
        String own = protocol == Protocol.AWS_QUERY
                ? member.wire().queryName().orElse(member.wireName())
                : member.wireName();
        return flat && member.target() instanceof ListShape list && protocol == Protocol.AWS_QUERY
                ? list.elementName().orElse(own)
                : own;
    }

    private Object value(Member member, List<Element> found) {
        return switch (member.target()) {
            case ListShape list when member.is(Trait.FLATTENED) || list.flattened() -> each(list.element(), found);
            case MapShape map when member.is(Trait.FLATTENED) || map.flattened() -> entries(map, found);
            case Shape other -> value(other, found.getFirst());
        };
    }

    private Object value(Shape shape, Element element) {
        return switch (shape) {
            case StructShape struct -> struct(struct, element);
            case ListShape list ->
                each(list.element(), children(element, list.elementName().orElse(elementName())));
            case MapShape map -> entries(map, children(element, "entry"));
            case Shape scalar -> element.getTextContent();
        };
    }

    private String elementName() {
        return protocol == Protocol.EC2_QUERY ? "item" : "member";
    }

    private List<Object> each(Shape element, List<Element> found) {
        return found.stream().map(one -> value(element, one)).toList();
    }

    private Map<String, Object> entries(MapShape map, List<Element> found) {
        var values = new LinkedHashMap<String, Object>();
        for (Element entry : found) {
            Element key = children(entry, map.keyName().orElse("key")).getFirst();
            Element value = children(entry, map.valueName().orElse("value")).getFirst();
            values.put(key.getTextContent(), value(map.value(), value));
        }
        return values;
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && local(element).equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String local(Element element) {
        return element.getTagName().substring(element.getTagName().indexOf(':') + 1);
    }
}
