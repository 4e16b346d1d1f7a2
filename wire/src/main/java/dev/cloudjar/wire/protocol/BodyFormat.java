package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
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

    /// What of the places that a model binds members to counts: those of a request, those of an answer, where there
    /// is neither path nor query string, or none, where the body carries all.
    enum Binding {
        REQUEST,
        ANSWER,
        NONE;

        /// Whether `member` stands among others in a body.
        boolean holds(Member member) {
            return binds(member)
                    && !member.is(Trait.EVENT_PAYLOAD)
                    && !member.is(Trait.EVENT_HEADER)
                    && !isEventStream(member);
        }

        private boolean binds(Member member) {
            return switch (member.wire().location()) {
                case BODY -> this == NONE || !member.is(Trait.PAYLOAD);
                case QUERY, QUERY_MAP, URI -> this != REQUEST;
                case HEADER, HEADERS, STATUS -> this == NONE;
            };
        }
    }

    static boolean isEventStream(Member member) {
        return member.target() instanceof StructShape shape && shape.isEventStream();
    }
}
