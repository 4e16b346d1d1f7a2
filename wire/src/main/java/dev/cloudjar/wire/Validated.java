package dev.cloudjar.wire;

import dev.cloudjar.wire.validate.Validator;

/// Holds the input to the constraints of the model.
final class Validated implements Stage {
    private final Validator validator;

    Validated(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void run(Exchange exchange) {
        validator.validate(exchange.operation(), exchange.input());
    }
}
