package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;

/// How XML names the parts of lists and maps.
final class XmlNames {
    private XmlNames() {}

    static boolean flattened(Member member) {
        if (member.is(Trait.FLATTENED)) {
            return true;
        }
        return switch (member.target()) {
            case ListShape list -> list.flattened();
            case MapShape map -> map.flattened();
            case Shape other -> false;
        };
    }

    /// The element of a member. A list that is flattened as such, and not renamed, bears the name of its elements:
    /// SimpleDB's do. A list that a member flattens bears the member's name.
    static String element(Member member) {
        if (member.wire().locationName().isEmpty()
                && member.target() instanceof ListShape list
                && list.flattened()
                && list.elementName().isPresent()) {
            return list.elementName().get();
        }
        return member.wireName();
    }

    /// The element of a member in the query protocol, which JSON's services know by another name.
    static String queryElement(Member member) {
        return member.wire().queryName().orElseGet(() -> element(member));
    }

    static String listElement(ListShape shape) {
        return shape.elementName().orElse("member");
    }

    static String key(MapShape shape) {
        return shape.keyName().orElse("key");
    }

    static String value(MapShape shape) {
        return shape.valueName().orElse("value");
    }
}
