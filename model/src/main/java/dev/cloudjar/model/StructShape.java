package dev.cloudjar.model;

import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Member.XmlNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A structure, union or error: its members in slot order, and the maker of its values.
public final class StructShape extends Shape {
    /// Facts of a structure that are simply so or not.
    public enum Flag {
        UNION,
        /// A union whose values arrive one after another.
        EVENT_STREAM,
        /// One event of a stream.
        EVENT,
        ERROR,
        /// An error that is the caller's fault.
        SENDER_FAULT,
        DOCUMENT,
        /// Stands in for the input or output that an operation does not have.
        UNIT
    }

    /// Makes the values of all structures of a service; `number` is the place of the shape's name among
    /// [ServiceSchema#shapeNames].
    @FunctionalInterface
    public interface Maker {
        Struct make(int number, StructShape shape);
    }

    /// How an error shape travels. `code` is what the wire says, which may differ from the shape's name; `queryCode`
    /// what the query protocols and `x-amzn-query-error` say, which differs from `code` only for a few services.
    public record ErrorFacts(String code, String queryCode, int status) {}

    private final List<Member> members;
    private final Set<Flag> flags;
    private final Optional<ErrorFacts> error;
    private final Optional<XmlNamespace> xmlNamespace;
    private final Optional<String> xmlName;
    private final Function<StructShape, Struct> maker;
    private final Map<String, Member> byName = new HashMap<>();
    private final Map<String, Member> byWireName = new HashMap<>();
    private final Optional<Member> payload;

    /// The facts beyond name and members.
    public record Facts(
            Set<Flag> flags,
            Optional<ErrorFacts> error,
            Optional<XmlNamespace> xmlNamespace,
            Optional<String> xmlName,
            boolean sensitive) {
        public static final Facts PLAIN =
                new Facts(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);

        public Facts {
            flags = Set.copyOf(flags);
        }
    }

    public StructShape(String name, List<Member> members, Facts facts, Function<StructShape, Struct> maker) {
        super(
                name,
                Type.STRUCTURE,
                new Constraints(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        facts.sensitive()));
        this.members = List.copyOf(members);
        this.flags = facts.flags();
        this.error = facts.error();
        this.xmlNamespace = facts.xmlNamespace();
        this.xmlName = facts.xmlName();
        this.maker = maker;
        for (Member member : members) {
            byName.put(member.name(), member);
            if (member.wire().location() == Location.BODY) {
                byWireName.putIfAbsent(member.wireName(), member);
            }
        }
        for (Member member : members) {
            byWireName.putIfAbsent(member.wireName(), member);
        }
        this.payload = members.stream().filter(m -> m.is(Trait.PAYLOAD)).findFirst();
    }

    public List<Member> members() {
        return members;
    }

    public Optional<Member> member(String memberName) {
        return Optional.ofNullable(byName.get(memberName));
    }

    /// The member that a body calls `wireName`; members that travel elsewhere come after those of the body.
    public Optional<Member> memberOnWire(String wireName) {
        return Optional.ofNullable(byWireName.get(wireName));
    }

    /// The member that is the whole HTTP body, where there is one.
    public Optional<Member> payload() {
        return payload;
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }

    public boolean isEventStream() {
        return flags.contains(Flag.EVENT_STREAM);
    }

    public Optional<ErrorFacts> error() {
        return error;
    }

    public Optional<XmlNamespace> xmlNamespace() {
        return xmlNamespace;
    }

    /// The name of the XML element where the model gives one (`locationName` of the shape).
    public Optional<String> xmlName() {
        return xmlName;
    }

    /// A new, empty value: of the generated class where there is one, else a plain [Struct].
    public Struct create() {
        return maker.apply(this);
    }
}
