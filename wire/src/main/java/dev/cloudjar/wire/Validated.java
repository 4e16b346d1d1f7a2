package dev.cloudjar.wire;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.wire.validate.Validator;
import java.util.Optional;

/// Holds the input to the constraints of the model, unless the service has checks and wording of its own.
final class Validated implements Stage {
    private final Validator validator = new Validator();

    @Override
    public void run(Exchange exchange) {
        Optional<Service> service = exchange.bound().map(Bound::service);
        exchange.built()
                .ifPresent(bound -> exchange.call().run(() -> {
                    bound.service().refuseEarly(exchange.operation(), exchange.input());
                    return true;
                }));
        if (service.filter(Service::checksItsInput).isEmpty()) {
            validator.check(exchange.operation(), exchange.input());
        }
        service.flatMap(Service::rules).ifPresent(rules -> rules.check(exchange.input()));
    }
}
