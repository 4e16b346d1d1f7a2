package dev.cloudjar.conformance.events;

import dev.cloudjar.api.LexRuntimeV2;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation in which every text comes back as soon as it was said, until somebody says "bye" or "fail".
public final class Parrot implements Service, LexRuntimeV2 {
    public static final Service.Entry ENTRY = new Service.Entry("lexv2-runtime", kernel -> new Parrot());

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    @OutsideTransaction
    public StartConversationResponse startConversation(StartConversationRequest in) {
        return new StartConversationResponse().responseEventStream(new Echo(in.requestEventStream()));
    }

    private record Echo(EventStream said) implements EventStream {
        @Override
        public @Nullable Struct next() throws IOException {
            for (Struct event = said.next(); event != null; event = said.next()) {
                var text = StartConversationRequestEventStream.from(event).textInputEvent();
                if (text.isPresent()) {
                    return answer(text.get().text());
                }
            }
            return null;
        }

        private static @Nullable Struct answer(String text) {
            return switch (text) {
                case "bye" -> null;
                case "fail" -> throw CONFLICT_EXCEPTION.because("The parrot is cross.");
                default ->
                    new StartConversationResponseEventStream()
                            .textResponseEvent(new TextResponseEvent()
                                    .messages(
                                            List.of(new Message().content(text).contentType("PlainText"))));
            };
        }

        @Override
        public void close() throws IOException {
            said.close();
        }
    }
}
