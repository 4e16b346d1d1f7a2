package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events that a client sends, read as they come. Frames inside signed frames are taken out of them; whether
/// the signatures are right is for authentication to say.
final class EventInput implements EventStream {
    private final InputStream in;
    private final StructShape union;
    private final BodyFormat format;
    private Optional<EventFrame> peeked = Optional.empty();
    private boolean ended;

    EventInput(InputStream in, StructShape union, BodyFormat format) {
        this.in = in;
        this.union = union;
        this.format = format;
    }

    /// Fills `input` from the first frame of an RPC request, if that is an `initial-request`.
    void readInitialRequest(Struct input) throws IOException {
        Optional<EventFrame> first = frame();
        if (first.flatMap(frame -> frame.text(":event-type")).equals(Optional.of("initial-request"))) {
            if (first.get().payload().size() > 0) {
                format.read(first.get().payload().bytes(), input);
            }
        } else {
            peeked = first;
        }
    }

    @Override
    public @Nullable Struct next() throws IOException {
        try {
            for (Optional<EventFrame> frame = frame(); frame.isPresent(); frame = frame()) {
                Optional<Struct> event = event(frame.get());
                if (event.isPresent()) {
                    return event.get();
                }
            }
            return null;
        } catch (Unreadable e) {
            throw Refusals.serialization(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Optional<EventFrame> frame() throws IOException {
        if (peeked.isPresent()) {
            Optional<EventFrame> frame = peeked;
            peeked = Optional.empty();
            return frame;
        }
        if (ended) {
            return Optional.empty();
        }
        Optional<EventFrame> frame = EventFrame.read(in);
        if (frame.isPresent() && frame.get().headers().containsKey(":chunk-signature")) {
            frame = EventFrame.read(
                    new ByteArrayInputStream(frame.get().payload().bytes()));
        }
        ended = frame.isEmpty();
        return frame;
    }

    /// The event in `frame`, or nothing where the model does not know it.
    private Optional<Struct> event(EventFrame frame) {
        if (!frame.text(":message-type").orElse("event").equals("event")) {
            throw new Unreadable("");
        }
        Optional<Member> member = frame.text(":event-type").flatMap(union::memberOnWire);
        if (member.isEmpty() || !(member.get().target() instanceof StructShape shape)) {
            return Optional.empty();
        }
        Struct event = shape.create();
        read(frame, event);
        Struct holder = union.create();
        holder.set(member.get(), event);
        return Optional.of(holder);
    }

    private void read(EventFrame frame, Struct event) {
        boolean whole = true;
        for (Member member : event.shape().members()) {
            if (member.is(Trait.EVENT_HEADER)) {
                event.set(member, frame.headers().get(member.wireName()));
            } else if (member.is(Trait.EVENT_PAYLOAD)) {
                event.set(member, payload(member, frame.payload()));
                whole = false;
            }
        }
        if (whole && frame.payload().size() > 0) {
            format.read(frame.payload().bytes(), event);
        }
    }

    private Object payload(Member member, Blob payload) {
        return switch (member.target().type()) {
            case BLOB -> payload;
            case STRING -> Percent.utf8(payload.bytes(), payload.size());
            default -> format.readPayload(payload.bytes(), member);
        };
    }
}
