package dev.cloudjar.model;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One member of a structure: its slot, its shape, and where each protocol puts it.
public final class Member {
    /// Where in an HTTP message a member travels.
    public enum Location {
        BODY,
        /// A header named by [Member#wireName].
        HEADER,
        /// All headers that begin with [Member#wireName], as a map.
        HEADERS,
        QUERY,
        /// All query parameters that no other member takes, as a map.
        QUERY_MAP,
        /// A label of the request URI.
        URI,
        /// The HTTP status of the answer.
        STATUS
    }

    /// Facts of a member that are simply so or not.
    public enum Trait {
        REQUIRED,
        /// The member is the whole body (`payload` of its structure).
        PAYLOAD,
        /// The body is a [Body], never held in memory.
        STREAMING,
        REQUIRES_LENGTH,
        FLATTENED,
        XML_ATTRIBUTE,
        /// The member is the text of its structure's element, which holds nothing else.
        XML_TEXT,
        IDEMPOTENCY_TOKEN,
        HOST_LABEL,
        EVENT_PAYLOAD,
        EVENT_HEADER,
        SENSITIVE,
        /// A header that carries base64 of JSON.
        JSON_VALUE,
        DEPRECATED
    }

    /// An XML namespace declared on a member or structure.
    public record XmlNamespace(Optional<String> prefix, String uri) {}

    /// The names and places of a member on the wire, as the model gives them. `queryName` is its name in requests of
    /// ec2Query, and in both requests and answers of awsQuery, where it precedes `locationName`.
    public record Wire(
            Location location,
            Optional<String> locationName,
            Optional<String> queryName,
            Optional<TimestampFormat> timestampFormat,
            Optional<XmlNamespace> xmlNamespace) {
        public static final Wire BODY =
                new Wire(Location.BODY, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private final String name;
    private final int index;
    private final Supplier<Shape> target;
    private final Wire wire;
    private final int traits;
    private final String wireName;

    public Member(String name, int index, Supplier<Shape> target, Wire wire, Set<Trait> traits) {
        this.name = name;
        this.index = index;
        this.target = target;
        this.wire = wire;
        int bits = 0;
        for (Trait trait : traits) {
            bits |= 1 << trait.ordinal();
        }
        this.traits = bits;
        this.wireName = wire.locationName().orElse(name);
    }

    public String name() {
        return name;
    }

    /// The slot of a [Struct] in which the value stands.
    public int index() {
        return index;
    }

    public Shape target() {
        return target.get();
    }

    public Wire wire() {
        return wire;
    }

    /// The `locationName`, or else the name.
    public String wireName() {
        return wireName;
    }

    public boolean is(Trait trait) {
        return (traits & 1 << trait.ordinal()) != 0;
    }

    /// The format of an instant here: the member's own, else its shape's.
    public Optional<TimestampFormat> timestampFormat() {
        return wire.timestampFormat().or(() -> target().constraints().timestampFormat());
    }

    @Override
    public String toString() {
        return name;
    }
}
