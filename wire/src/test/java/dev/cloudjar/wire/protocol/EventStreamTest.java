package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Events of an answer become frames as they happen, and frames of a request become events.
class EventStreamTest {
    private final Codecs codecs = new Codecs();

    @Test
    void anRpcAnswerOpensWithItsOtherMembers() throws IOException {
        OperationSchema subscribe = operation("kinesis", "SubscribeToShard");
        StructShape union = union(subscribe, "EventStream");
        Struct output = subscribe.output().create();
        Struct event = event(union, "SubscribeToShardEvent", Map.of("ContinuationSequenceNumber", "42"));
        output.set(subscribe.output().member("EventStream").orElseThrow(), new Given(List.of(event)));

        HttpResponse answer = codecs.of(Protocol.AWS_JSON_1_1).encode(subscribe, output, "id");

        assertThat(answer.headers().get("Content-Type")).contains("application/vnd.amazon.eventstream");
        List<EventFrame> frames = frames(answer.body().open());
        assertThat(frames)
                .extracting(frame -> frame.headers().get(":event-type"))
                .containsExactly("initial-response", "SubscribeToShardEvent");
        assertThat(frames.get(0).payload().utf8()).isEqualTo("{}");
        assertThat(frames.get(1).headers().get(":message-type")).isEqualTo("event");
        assertThat(frames.get(1).payload().utf8()).isEqualTo("{\"ContinuationSequenceNumber\":\"42\"}");
    }

    @Test
    void aModelledErrorIsAnExceptionAndEndsTheStream() throws IOException {
        EventFrame last = failing("ResourceInUseException");
        assertThat(last.headers())
                .containsEntry(":message-type", "exception")
                .containsEntry(":exception-type", "ResourceInUseException");
        assertThat(last.payload().utf8()).isEqualTo("{\"message\":\"no\"}");
    }

    @Test
    void anyOtherErrorIsAnErrorAndEndsTheStream() throws IOException {
        EventFrame last = failing("Unheard");
        assertThat(last.headers())
                .containsEntry(":message-type", "error")
                .containsEntry(":error-code", "Unheard")
                .containsEntry(":error-message", "no");
    }

    private EventFrame failing(String code) throws IOException {
        OperationSchema subscribe = operation("kinesis", "SubscribeToShard");
        Struct output = subscribe.output().create();
        output.set(subscribe.output().member("EventStream").orElseThrow(), new Given(List.of()) {
            @Override
            public Struct next() {
                throw AwsError.Code.of(code, 400).because("no");
            }
        });
        HttpResponse answer = codecs.of(Protocol.AWS_JSON_1_1).encode(subscribe, output, "id");
        List<EventFrame> frames = frames(answer.body().open());
        assertThat(frames).hasSize(2);
        return frames.getLast();
    }

    @Test
    void payloadsOfEventsTravelAsTheyAre() throws IOException {
        OperationSchema select = operation("s3", "SelectObjectContent");
        StructShape union = union(select, "Payload");
        Struct records = event(union, "Records", Map.of());
        Struct inner = (Struct) Objects.requireNonNull(records.get("Records"));
        inner.set(inner.shape().member("Payload").orElseThrow(), Blob.of("a,b"));
        Struct output = select.output().create();
        output.set(
                select.output().member("Payload").orElseThrow(),
                new Given(List.of(records, event(union, "Cont", Map.of()), event(union, "End", Map.of()))));

        HttpResponse answer = codecs.of(Protocol.REST_XML).encode(select, output, "id");

        List<EventFrame> frames = frames(answer.body().open());
        assertThat(frames)
                .extracting(frame -> frame.headers().get(":event-type"))
                .containsExactly("Records", "Cont", "End");
        assertThat(frames.get(0).payload().utf8()).isEqualTo("a,b");
        assertThat(frames.get(0).headers()).containsEntry(":content-type", "application/octet-stream");
        assertThat(frames.get(1).payload()).isEqualTo(Blob.EMPTY);
    }

    @Test
    void framesOfARequestAreItsEvents() throws IOException {
        EventStream events = input(frame("TextInputEvent", "{\"text\":\"hi\"}"), frame("Unknown", "{}"));

        Struct first = Objects.requireNonNull(events.next());
        assertThat(Params.plain(first, (member, value) -> false))
                .isEqualTo(Map.of("TextInputEvent", Map.of("text", "hi")));
        assertThat(events.next()).isNull();
    }

    @Test
    void framesWithinSignedFramesAreReadAndAnEmptyOneIsTheEnd() throws IOException {
        Map<String, Object> signature = Map.of(":chunk-signature", Blob.of("s"));
        byte[] inner = frame("TextInputEvent", "{\"text\":\"hi\"}").encode();
        EventStream events = input(
                new EventFrame(signature, Blob.of(inner)),
                new EventFrame(signature, Blob.EMPTY),
                frame("TextInputEvent", "{}"));

        assertThat(events.next()).isNotNull();
        assertThat(events.next()).isNull();
        assertThat(events.next()).isNull();
    }

    @Test
    void aDamagedFrameIsRefused() {
        byte[] bytes = frame("TextInputEvent", "{}").encode();
        bytes[20] ^= 1;
        EventStream events = new EventInput(
                new ByteArrayInputStream(bytes), conversation(), TreeFormat.json("application/json", true));
        assertThatThrownBy(events::next)
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code().code()).isEqualTo("SerializationException"));
    }

    @Test
    void anInitialRequestFillsTheInput() throws IOException {
        OperationSchema subscribe = operation("kinesis", "SubscribeToShard");
        Struct input = subscribe.input().create();
        EventStream events = input(frame("initial-request", "{\"ShardId\":\"7\"}"), frame("TextInputEvent", "{}"));
        ((EventInput) events).readInitialRequest(input);
        assertThat(input.get("ShardId")).isEqualTo("7");
        assertThat(events.next()).isNotNull();
    }

    private static EventFrame frame(String type, String json) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(":message-type", "event");
        headers.put(":event-type", type);
        return new EventFrame(headers, Blob.of(json));
    }

    private static EventStream input(EventFrame... frames) {
        var bytes = new ByteArrayOutputStream();
        for (EventFrame frame : frames) {
            bytes.writeBytes(frame.encode());
        }
        return new EventInput(
                new ByteArrayInputStream(bytes.toByteArray()),
                conversation(),
                TreeFormat.json("application/json", true));
    }

    private static StructShape conversation() {
        OperationSchema operation = operation("lexv2-runtime", "StartConversation");
        return (StructShape)
                operation.input().member("requestEventStream").orElseThrow().target();
    }

    private static OperationSchema operation(String service, String name) {
        return Schemas.open(service).operation(name).orElseThrow();
    }

    private static StructShape union(OperationSchema operation, String member) {
        return (StructShape) operation.output().member(member).orElseThrow().target();
    }

    private static Struct event(StructShape union, String type, Map<String, Object> params) {
        Struct event = union.create();
        var member = union.member(type).orElseThrow();
        event.set(member, Params.struct((StructShape) member.target(), params));
        return event;
    }

    private static List<EventFrame> frames(InputStream in) throws IOException {
        var frames = new ArrayList<EventFrame>();
        for (Optional<EventFrame> frame = EventFrame.read(in); frame.isPresent(); frame = EventFrame.read(in)) {
            frames.add(frame.get());
        }
        return frames;
    }

    /// Events that are all there already.
    private static class Given implements EventStream {
        private final Iterator<Struct> events;

        Given(List<Struct> events) {
            this.events = events.iterator();
        }

        @Override
        public @Nullable Struct next() {
            return events.hasNext() ? events.next() : null;
        }

        @Override
        public void close() {}
    }
}
