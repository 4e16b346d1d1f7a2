package dev.cloudjar.wire.route;

import java.util.ArrayList;
import java.util.List;

/// A URI of the model taken apart: `/{Bucket}/{Key+}?acl` has two segments and one literal query parameter.
record UriTemplate(List<Segment> segments, List<Literal> query, boolean trailingSlash) {
    enum Kind {
        LITERAL,
        LABEL,
        GREEDY
    }

    record Segment(Kind kind, String text) {}

    /// A parameter that must be there; its value counts where the model gives one.
    record Literal(String name, String value) {}

    static UriTemplate parse(String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        List<Segment> segments = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(segment(part));
            }
        }
        List<Literal> query = new ArrayList<>();
        if (question >= 0) {
            for (String part : uri.substring(question + 1).split("&", -1)) {
                int equals = part.indexOf('=');
                query.add(
                        equals < 0
                                ? new Literal(part, "")
                                : new Literal(part.substring(0, equals), part.substring(equals + 1)));
            }
        }
        return new UriTemplate(List.copyOf(segments), List.copyOf(query), path.length() > 1 && path.endsWith("/"));
    }

    private static Segment segment(String part) {
        if (!part.startsWith("{") || !part.endsWith("}")) {
            return new Segment(Kind.LITERAL, part);
        }
        String name = part.substring(1, part.length() - 1);
        return name.endsWith("+")
                ? new Segment(Kind.GREEDY, name.substring(0, name.length() - 1))
                : new Segment(Kind.LABEL, name);
    }

    /// The names of the labels, in the order of the path.
    List<String> labels() {
        List<String> labels = new ArrayList<>(4);
        for (Segment segment : segments) {
            if (segment.kind() != Kind.LITERAL) {
                labels.add(segment.text());
            }
        }
        return labels;
    }
}
