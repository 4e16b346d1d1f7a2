package dev.cloudjar.wire;

import dev.cloudjar.model.Api;

/// Lets the service do its work; what is not built yet says so.
final class Called implements Stage {
    @Override
    public void run(Exchange exchange) {
        var bound = exchange.bound().orElseThrow(() -> Api.notImplemented(exchange.operation()));
        exchange.output(exchange.call().run(() -> bound.call(exchange.operation(), exchange.input())));
    }
}
