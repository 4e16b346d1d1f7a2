package dev.cloudjar.wire;

import dev.cloudjar.kernel.Policy;
import java.util.List;

/// Asks whether the principal may do this.
final class Authorized implements Stage {
    private final Policy policy;

    Authorized(Policy policy) {
        this.policy = policy;
    }

    @Override
    public void run(Exchange exchange) {
        String service = exchange.operation().service().facts().signingName();
        String action = service + ':' + exchange.operation().name();
        var resources = exchange.call()
                .run(() -> exchange.bound()
                        .flatMap(bound -> bound.service().home(exchange.operation(), exchange.input()))
                        .map(List::of)
                        .orElse(List.of()));
        policy.authorize(exchange.call(), new Policy.Access(action, resources));
    }
}
