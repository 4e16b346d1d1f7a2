package dev.cloudjar.wire;

import dev.cloudjar.wire.protocol.Codecs;
import java.io.IOException;

/// Writes the answer.
final class Encoded implements Stage {
    private final Codecs codecs;

    Encoded(Codecs codecs) {
        this.codecs = codecs;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        exchange.response(
                codecs.of(exchange.protocol()).encode(exchange.operation(), exchange.output(), exchange.requestId()));
        exchange.form().ifPresent(form -> exchange.response(form.answer(exchange.request(), exchange.response())));
    }
}
