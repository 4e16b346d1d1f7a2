package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.XmlNamespace;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.Optional;

/// Bodies of XML, as one service writes them: in its namespace, and with the milliseconds of instants or
/// without. What is read must have the root, where one is given, and where it is `strict` nothing that its
/// shape does not know.
record XmlFormat(Optional<String> namespace, boolean millis, Optional<String> root, boolean strict)
        implements BodyFormat {
    XmlFormat demanding(Optional<String> root, boolean strict) {
        return new XmlFormat(namespace, millis, root, strict);
    }

    @Override
    public String contentType() {
        return "application/xml";
    }

    @Override
    public void read(byte[] bytes, Struct into) {
        XmlReader reader = open(bytes);
        new XmlShapeReader(reader, strict).fill(into);
        reader.finish();
    }

    @Override
    public Object readPayload(byte[] bytes, Member payload) {
        XmlReader reader = open(bytes);
        Object value = new XmlShapeReader(reader, strict).value(payload.target(), payload.timestampFormat());
        reader.finish();
        return value;
    }

    private XmlReader open(byte[] bytes) {
        XmlReader reader = XmlReader.open(bytes);
        if (root.isPresent() && !root.get().equals(reader.name())) {
            throw new Unreadable("");
        }
        return reader;
    }

    @Override
    public Blob write(Struct value, String root) {
        return write(value, root, value.shape().xmlNamespace());
    }

    @Override
    public Blob writePayload(Object value, Member payload, String root) {
        Optional<XmlNamespace> own = payload.wire()
                .xmlNamespace()
                .or(() -> payload.target() instanceof StructShape shape ? shape.xmlNamespace() : Optional.empty());
        return write((Struct) value, root, own);
    }

    /// A document that is one element with text.
    Blob writeText(String root, String text) {
        XmlWriter out = start(root, Optional.empty(), new XmlWriter());
        if (!text.isEmpty()) {
            out.text(text);
        }
        return out.end(root).bytes();
    }

    private Blob write(Struct value, String root, Optional<XmlNamespace> own) {
        XmlWriter out = start(root, own, new XmlWriter());
        new XmlShapeWriter(out, millis, Binding.ANSWER).members(value);
        return out.end(root).bytes();
    }

    private XmlWriter start(String root, Optional<XmlNamespace> own, XmlWriter out) {
        out.declaration().start(root);
        own.or(() -> namespace.map(uri -> new XmlNamespace(Optional.empty(), uri)))
                .ifPresent(declared -> new XmlShapeWriter(out, millis, Binding.ANSWER).declare(declared));
        return out;
    }
}
