package dev.cloudjar.wire.auth;

import org.jspecify.annotations.Nullable;

/// How a request is signed: with the secret for one region, or with an elliptic-curve key derived from it for many.
enum Algorithm {
    HMAC("AWS4-HMAC-SHA256"),
    ECDSA("AWS4-ECDSA-P256-SHA256");

    private final String wire;

    Algorithm(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    static @Nullable Algorithm named(String wire) {
        for (Algorithm algorithm : values()) {
            if (algorithm.wire.equals(wire)) {
                return algorithm;
            }
        }
        return null;
    }
}
