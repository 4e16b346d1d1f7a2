package dev.cloudjar.wire.protocol;

/// Bytes that are not what the model says. The message is AWS's where AWS has one, else empty; codecs turn it into
/// the error of their protocol.
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message, null, false, false);
    }

    String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
