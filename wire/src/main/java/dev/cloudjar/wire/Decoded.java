package dev.cloudjar.wire;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.wire.protocol.Codecs;
import java.io.IOException;
import java.util.Optional;

/// Reads the input, and moves the call to the account and region of the resource that the input names.
final class Decoded implements Stage {
    private final Codecs codecs;

    Decoded(Codecs codecs) {
        this.codecs = codecs;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        exchange.input(codecs.of(exchange.protocol())
                .decode(
                        exchange.operation(),
                        exchange.request(),
                        exchange.route().labels()));
        Optional<Bound> bound = exchange.built();
        if (bound.isPresent()) {
            exchange.call()
                    .run(() -> bound.get().service().home(exchange.operation(), exchange.input()))
                    .ifPresent(home -> exchange.call(exchange.call().in(home.account(), home.region())));
        }
    }
}
