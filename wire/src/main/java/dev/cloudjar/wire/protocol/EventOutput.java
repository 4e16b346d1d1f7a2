package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Flag;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The events of an answer as bytes, framed as they happen. An [AwsError] from the source becomes the last frame.
final class EventOutput extends InputStream {
    private final EventStream events;
    private final StructShape union;
    private final BodyFormat format;
    private byte[] frame;
    private int position;
    private boolean ended;

    /// `initial` holds the frame that comes before all events, or nothing.
    EventOutput(EventStream events, StructShape union, BodyFormat format, Optional<EventFrame> initial) {
        this.events = events;
        this.union = union;
        this.format = format;
        this.frame = initial.map(EventFrame::encode).orElseGet(() -> new byte[0]);
    }

    static EventFrame initialResponse(Blob payload, String contentType) {
        return new EventFrame(headers("event", ":event-type", "initial-response", contentType), payload);
    }

    @Override
    public int read() throws IOException {
        return advance() ? frame[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, frame.length - position);
        System.arraycopy(frame, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return frame.length - position;
    }

    @Override
    public void close() throws IOException {
        events.close();
    }

    /// Whether a byte is there to be read; waits for the next event where there is none.
    private boolean advance() throws IOException {
        while (position == frame.length) {
            if (ended) {
                return false;
            }
            position = 0;
            frame = nextFrame();
        }
        return true;
    }

    private byte[] nextFrame() throws IOException {
        try {
            Struct event = events.next();
            if (event != null) {
                return frame(event).encode();
            }
            ended = true;
            return new byte[0];
        } catch (AwsError e) {
            ended = true;
            return frame(e).encode();
        }
    }

    private EventFrame frame(Struct event) {
        for (Member member : union.members()) {
            if (event.get(member) instanceof Struct value) {
                boolean failure = value.shape().is(Flag.ERROR);
                String kind = failure ? "exception" : "event";
                return frame(kind, failure ? ":exception-type" : ":event-type", member.wireName(), value);
            }
        }
        throw new IllegalStateException("an event of " + union.name() + " without a member");
    }

    private EventFrame frame(String kind, String typeHeader, String type, Struct value) {
        Map<String, Object> own = new LinkedHashMap<>();
        Optional<Member> payload = Optional.empty();
        boolean body = false;
        for (Member member : value.shape().members()) {
            Object held = value.get(member);
            if (member.is(Trait.EVENT_PAYLOAD)) {
                payload = Optional.of(member);
            } else if (!member.is(Trait.EVENT_HEADER)) {
                body = true;
            } else if (held != null) {
                own.put(member.wireName(), held);
            }
        }
        Map<String, Object> headers;
        Blob bytes = Blob.EMPTY;
        if (payload.isPresent()) {
            Object held = value.get(payload.get());
            headers = headers(kind, typeHeader, type, contentType(payload.get()));
            bytes = held == null ? Blob.EMPTY : payload(payload.get(), held);
        } else {
            headers = headers(kind, typeHeader, type, body ? format.contentType() : "");
            bytes = body ? format.write(value, value.shape().name()) : Blob.EMPTY;
        }
        headers.putAll(own);
        return new EventFrame(headers, bytes);
    }

    private String contentType(Member payload) {
        return switch (payload.target().type()) {
            case BLOB -> "application/octet-stream";
            case STRING -> "text/plain";
            default -> format.contentType();
        };
    }

    private Blob payload(Member member, Object value) {
        return switch (value) {
            case Blob blob -> blob;
            case String text -> Blob.of(text);
            default -> format.writePayload(value, member, member.target().name());
        };
    }

    /// An error that the stream models is an exception event, any other an error event.
    private EventFrame frame(AwsError error) {
        String code = error.code().code();
        for (Member member : union.members()) {
            if (member.target() instanceof StructShape shape
                    && shape.error().filter(facts -> facts.code().equals(code)).isPresent()) {
                return frame("exception", ":exception-type", member.wireName(), ErrorFields.struct(error, shape));
            }
        }
        var headers = new LinkedHashMap<String, Object>();
        headers.put(":message-type", "error");
        headers.put(":error-code", code);
        headers.put(":error-message", error.message());
        return new EventFrame(headers, Blob.EMPTY);
    }

    private static Map<String, Object> headers(String kind, String typeHeader, String type, String contentType) {
        var headers = new LinkedHashMap<String, Object>();
        headers.put(":message-type", kind);
        headers.put(typeHeader, type);
        if (!contentType.isEmpty()) {
            headers.put(":content-type", contentType);
        }
        return headers;
    }
}
