package dev.cloudjar.wire;

import dev.cloudjar.wire.validate.Validator;

/// Holds the input to the constraints of the model, unless the service has checks and wording of its own.
final class Validated implements Stage {
    private final Validator validator = new Validator();

    @Override
    public void run(Exchange exchange) {
        exchange.built()
                .ifPresent(bound -> exchange.call().run(() -> {
                    bound.service().refuseEarly(exchange.operation(), exchange.input());
                    return true;
                }));
        exchange.bound()
                .flatMap(bound -> bound.service().rules())
                .ifPresentOrElse(
                        rules -> rules.check(exchange.input()),
                        () -> validator.check(exchange.operation(), exchange.input()));
    }
}
