package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads the members that travel in a request's headers, query string and path.
final class HttpRequestReader {
    /// A member whose text cannot be read.
    static final class BadParameter extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Member member;
        private final transient Unreadable reason;
        private final String text;

        BadParameter(Member member, Unreadable reason, String text) {
            super(reason.message(), null, false, false);
            this.member = member;
            this.reason = reason;
            this.text = text;
        }

        /// What could not be read.
        String text() {
            return text;
        }

        Member member() {
            return member;
        }

        Unreadable reason() {
            return reason;
        }
    }

    private final HttpBinding binding;

    HttpRequestReader(HttpBinding binding) {
        this.binding = binding;
    }

    /// Throws [BadParameter] for what does not fit its member, [Unreadable] for encoding that is broken.
    void read(HttpRequest request, Map<String, String> labels, Struct into) {
        labels(labels, into);
        headers(request.headers(), into);
        query(request.query(), into);
    }

    private void labels(Map<String, String> labels, Struct into) {
        for (Member member : binding.labels()) {
            String text = labels.get(member.wireName());
            if (text != null) {
                into.set(member, scalar(member, Percent.path(text)));
            }
        }
    }

    private void headers(Headers headers, Struct into) {
        for (Member member : binding.headers()) {
            Optional<String> text = member.target() instanceof ListShape
                    ? joined(headers.all(member.wireName()))
                    : headers.get(member.wireName());
            if (text.isPresent() && !isPassedOver(member, text.get())) {
                into.set(member, header(member, text.get()));
            }
        }
        for (Member member : binding.prefixes()) {
            into.set(member, prefixed(headers, member.wireName()));
        }
    }

    /// S3 does not mind how many parts of an object somebody wants to see who does not say a number.
    private static boolean isPassedOver(Member member, String text) {
        return member.wireName().equals("x-amz-max-parts")
                && !text.strip().chars().allMatch(Character::isDigit);
    }

    private static Optional<String> joined(List<String> fields) {
        return fields.isEmpty() ? Optional.empty() : Optional.of(String.join(",", fields));
    }

    private static Object header(Member member, String text) {
        try {
            return HeaderText.parse(member, text);
        } catch (Unreadable e) {
            throw new BadParameter(member, e, text);
        }
    }

    /// The headers that begin with `prefix`, by the rest of their names in lower case: HTTP knows no other.
    private static Map<String, String> prefixed(Headers headers, String prefix) {
        var values = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
                values.merge(key, value, (first, second) -> first + ',' + second);
            }
        });
        return values;
    }

    private void query(String query, Struct into) {
        if (query.isEmpty() || binding.query().isEmpty() && binding.queryMaps().isEmpty()) {
            return;
        }
        QueryString.forEach(query, (name, value) -> {
            if (binding.queryNames().contains(name)) {
                named(name, value, into);
            } else {
                for (Member member : binding.queryMaps()) {
                    others(member, name, value, into);
                }
            }
        });
    }

    private void named(String name, String value, Struct into) {
        for (Member member : binding.query()) {
            if (!member.wireName().equals(name)) {
                continue;
            }
            if (member.target() instanceof ListShape list) {
                list(into, member).add(scalar(list.element(), member, value));
            } else if (!into.has(member.index())) {
                into.set(member, scalar(member, value));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Struct into, Member member) {
        if (into.get(member) == null) {
            into.set(member, new ArrayList<>());
        }
        return (List<Object>) Objects.requireNonNull(into.get(member));
    }

    @SuppressWarnings("unchecked")
    private static void others(Member member, String name, String value, Struct into) {
        if (into.get(member) == null) {
            into.set(member, new LinkedHashMap<>());
        }
        var map = (Map<String, Object>) Objects.requireNonNull(into.get(member));
        if (member.target() instanceof MapShape shape && shape.value() instanceof ListShape) {
            ((List<Object>) map.computeIfAbsent(name, n -> new ArrayList<>())).add(value);
        } else {
            map.putIfAbsent(name, value);
        }
    }

    private static Object scalar(Member member, String text) {
        return scalar(member.target(), member, text);
    }

    private static Object scalar(Shape shape, Member member, String text) {
        try {
            Optional<TimestampFormat> format =
                    member.wire().timestampFormat().or(() -> shape.constraints().timestampFormat());
            return Scalars.parse(shape, format.orElse(TimestampFormat.ISO8601), text);
        } catch (Unreadable e) {
            throw new BadParameter(member, e, text);
        }
    }
}
