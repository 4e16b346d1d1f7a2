package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;

/// How a protocol writes one value as bytes: JSON, CBOR or XML.
interface BodyFormat {
    String contentType();

    /// Fills the members of `into` that travel in a body. Throws [Unreadable].
    void read(byte[] bytes, Struct into);

    /// The value of a member that is a whole body: a structure or a document. Throws [Unreadable].
    Object readPayload(byte[] bytes, Member payload);

    /// The members of `value` that travel in a body, under the root element called `root` where there are roots.
    Blob write(Struct value, String root);

    /// The value of a member that is a whole body, under the root element called `root` where there are roots.
    Blob writePayload(Object value, Member payload, String root);

    /// Whether `member` stands among others in a body.
    static boolean holds(Member member) {
        return member.wire().location() == Location.BODY
                && !member.is(Trait.PAYLOAD)
                && !member.is(Trait.EVENT_PAYLOAD)
                && !member.is(Trait.EVENT_HEADER)
                && !isEventStream(member);
    }

    static boolean isEventStream(Member member) {
        return member.target() instanceof StructShape shape && shape.isEventStream();
    }
}
