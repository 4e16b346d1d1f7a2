package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.TimestampFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the tree of a query request into values of a shape.
final class QueryReader {
    private final boolean ec2;
    private int depth;

    /// `ec2` asks for EC2's dialect: names capitalised, lists always flat.
    QueryReader(boolean ec2) {
        this.ec2 = ec2;
    }

    void fill(Struct struct, QueryNode node) {
        if (++depth > TreeReader.MAX_DEPTH) {
            throw new Unreadable("");
        }
        for (Member member : struct.shape().members()) {
            Optional<QueryNode> child = node.child(name(member));
            if (child.isPresent()) {
                struct.set(member, value(member, child.get()));
            } else if (!ec2 && XmlNames.flattened(member)) {
                flattenedUnderItsElement(struct, member, node);
            }
        }
        depth--;
    }

    /// SimpleDB's flattened lists bear the names of their elements.
    private void flattenedUnderItsElement(Struct struct, Member member, QueryNode node) {
        node.child(XmlNames.element(member)).ifPresent(child -> struct.set(member, value(member, child)));
    }

    private String name(Member member) {
        return member.wire().queryName().orElseGet(() -> ec2 ? capitalised(member.wireName()) : member.wireName());
    }

    private static String capitalised(String name) {
        return Character.isUpperCase(name.charAt(0)) ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private Object value(Member member, QueryNode node) {
        boolean flat = ec2 || XmlNames.flattened(member);
        return switch (member.target()) {
            case ListShape list -> list(list, node, flat);
            case MapShape map -> map(map, node, flat);
            case Shape other -> value(other, member.timestampFormat(), node);
        };
    }

    private Object value(Shape shape, Optional<TimestampFormat> format, QueryNode node) {
        return switch (shape) {
            case StructShape struct -> struct(struct, node);
            case ListShape list -> list(list, node, ec2 || list.flattened());
            case MapShape map -> map(map, node, map.flattened());
            case Shape scalar -> scalar(scalar, format, node);
        };
    }

    private Struct struct(StructShape shape, QueryNode node) {
        Struct struct = shape.create();
        fill(struct, node);
        return struct;
    }

    private static Object scalar(Shape shape, Optional<TimestampFormat> format, QueryNode node) {
        String text =
                node.value().orElseThrow(() -> new Unreadable("Start of structure or map found where not expected."));
        TimestampFormat expected =
                format.or(() -> shape.constraints().timestampFormat()).orElse(TimestampFormat.ISO8601);
        return Scalars.parse(shape, expected, text);
    }

    private List<Object> list(ListShape shape, QueryNode node, boolean flat) {
        descend();
        QueryNode elements =
                flat ? node : node.child(XmlNames.listElement(shape)).orElse(node);
        var values = new ArrayList<Object>();
        for (QueryNode element : elements.numbered().values()) {
            values.add(value(shape.element(), Optional.empty(), element));
        }
        if (values.isEmpty() && node.value().filter(text -> !text.isEmpty()).isPresent()) {
            throw new Unreadable("Expected list or null");
        }
        depth--;
        return values;
    }

    private Map<String, Object> map(MapShape shape, QueryNode node, boolean flat) {
        descend();
        QueryNode entries = flat ? node : node.child("entry").orElse(node);
        var values = new LinkedHashMap<String, Object>();
        for (QueryNode entry : entries.numbered().values()) {
            String key = entry.child(XmlNames.key(shape))
                    .flatMap(QueryNode::value)
                    .orElseThrow(() -> new Unreadable("Expected map or null"));
            QueryNode value =
                    entry.child(XmlNames.value(shape)).orElseThrow(() -> new Unreadable("Expected map or null"));
            values.put(key, value(shape.value(), Optional.empty(), value));
        }
        depth--;
        return values;
    }

    private void descend() {
        if (++depth > TreeReader.MAX_DEPTH) {
            throw new Unreadable("");
        }
    }
}
