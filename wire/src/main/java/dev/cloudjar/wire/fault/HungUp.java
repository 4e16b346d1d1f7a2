package dev.cloudjar.wire.fault;

/// Says that the connection of a request is to be reset instead of an answer.
public final class HungUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HungUp() {
        super("the connection is reset on purpose", null, false, false);
    }
}
