package dev.cloudjar.model.importer;

import dev.cloudjar.model.digest.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Turns the `shapes` of a model into lines, a line a shape and a line a member.
final class ShapeReader {
    private static final List<String> SHAPE_FLAGS = List.of(
            "exception",
            "fault",
            "union",
            "eventstream",
            "event",
            "document",
            "streaming",
            "requiresLength",
            "flattened",
            "sparse",
            "sensitive",
            "box",
            "wrapper",
            "deprecated",
            "synthetic");
    private static final List<String> MEMBER_FLAGS = List.of(
            "streaming",
            "requiresLength",
            "flattened",
            "xmlAttribute",
            "idempotencyToken",
            "hostLabel",
            "eventpayload",
            "eventheader",
            "jsonvalue",
            "sensitive",
            "box",
            "deprecated");
    private static final List<String> MEMBER_FACTS =
            List.of("location", "locationName", "queryName", "timestampFormat");

    private final Json shapes;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    ShapeReader(Json shapes) {
        this.shapes = shapes;
    }

    List<Entry> entries() {
        for (String name : shapes.names()) {
            entries.put(name, shape(name, shapes.object(name)));
        }
        return new ArrayList<>(entries.values());
    }

    private Entry shape(String name, Json shape) {
        String type = shape.text("type").orElseThrow();
        Entry entry = Entry.of(type, name);
        switch (type) {
            case "structure" -> members(entry, shape);
            case "list" -> list(entry, shape.object("member"));
            case "map" -> map(entry, shape.object("key"), shape.object("value"));
            default -> values(entry, shape);
        }
        SHAPE_FLAGS.forEach(flag -> entry.flag(flag, shape.flag(flag)));
        for (String key : List.of("payload", "locationName", "timestampFormat", "min", "max", "pattern")) {
            entry.with(key, shape.text(key));
        }
        namespace(entry, shape);
        error(entry, shape.object("error"));
        return entry;
    }

    private static void values(Entry entry, Json shape) {
        shape.texts("enum").forEach(value -> entry.under(Entry.of(value)));
    }

    private static void list(Entry entry, Json element) {
        entry.words().add(element.text("shape").orElseThrow());
        entry.with("elementName", element.text("locationName"));
        entry.flag("jsonvalue", element.flag("jsonvalue"));
    }

    private static void map(Entry entry, Json key, Json value) {
        entry.words().add(key.text("shape").orElseThrow());
        entry.words().add(value.text("shape").orElseThrow());
        entry.with("keyName", key.text("locationName")).with("valueName", value.text("locationName"));
    }

    private static void error(Entry entry, Json error) {
        entry.with("code", error.text("code"))
                .with("status", error.text("httpStatusCode"))
                .flag("senderFault", error.flag("senderFault"));
    }

    private void members(Entry entry, Json shape) {
        Json members = shape.object("members");
        Set<String> required = Set.copyOf(shape.texts("required"));
        for (String name : members.names()) {
            Json member = members.object(name);
            Entry line = Entry.of(name, target(entry.name(), name, member)).flag("required", required.contains(name));
            MEMBER_FLAGS.forEach(flag -> line.flag(flag, member.flag(flag)));
            MEMBER_FACTS.forEach(key -> line.with(key, member.text(key)));
            namespace(line, member);
            entry.under(line);
        }
    }

    /// The shape of a member. A member that brings known values of its own gets a shape for them.
    private String target(String structure, String name, Json member) {
        if (!member.has("enum")) {
            return member.text("shape").orElseThrow();
        }
        String own = structure + name;
        Entry entry = Entry.of("string", own);
        values(entry, member);
        entries.put(own, entry);
        return own;
    }

    private static void namespace(Entry entry, Json from) {
        Json namespace = from.object("xmlNamespace");
        Optional<String> uri = namespace.text("uri").or(() -> from.text("xmlNamespace"));
        entry.with("xmlNamespace", uri).with("xmlPrefix", namespace.text("prefix"));
    }
}
