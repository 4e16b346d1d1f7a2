package dev.cloudjar.services.sqs;

import java.util.Optional;

/// The numbers that a parameter of a request may have, and AWS's words for all others.
record Range(String parameter, int min, int max, String reason) {
    static Range between(String parameter, int min, int max) {
        return new Range(parameter, min, max, "Must be between " + min + " and " + max + ", if provided.");
    }

    /// The number, or `absent` where none is given.
    int of(Optional<Integer> number, int absent) {
        int value = number.orElse(absent);
        if (number.isPresent() && (value < min || value > max)) {
            throw Refusals.invalid(value, parameter, reason);
        }
        return value;
    }
}
