package dev.cloudjar.wire;

import dev.cloudjar.wire.validate.Validator;

/// Holds the input to the constraints of the model, unless the service has checks and wording of its own.
final class Validated implements Stage {
    private final Validator validator = new Validator();

    @Override
    public void run(Exchange exchange) {
        boolean ownChecks = exchange.bound()
                .filter(bound -> bound.service().checksItsInput())
                .isPresent();
        if (!ownChecks) {
            validator.check(exchange.operation(), exchange.input());
        }
    }
}
