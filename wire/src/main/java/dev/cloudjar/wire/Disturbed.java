package dev.cloudjar.wire;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.wire.fault.Faults;
import dev.cloudjar.wire.fault.Throttle;
import java.util.Optional;

/// Holds the call to AWS's request rates where that was asked for, and lets it go wrong where a fault says so.
final class Disturbed implements Stage {
    private final Faults faults;
    private final Optional<Throttle> throttle;

    Disturbed(Faults faults, Optional<Throttle> throttle) {
        this.faults = faults;
        this.throttle = throttle;
    }

    @Override
    public void run(Exchange exchange) {
        if (throttle.isEmpty() && faults.isEmpty()) {
            return;
        }
        Optional<String> resource = exchange.call()
                .run(() -> exchange.built()
                        .map(Bound::service)
                        .flatMap(service -> service.home(exchange.operation(), exchange.input()))
                        .map(Arn::toString));
        throttle.ifPresent(limits -> limits.take(exchange.operation(), exchange.call(), resource));
        faults.strike(exchange.operation(), exchange.call(), resource);
    }
}
