package dev.cloudjar.kernel.policy;

/// A text that is no policy, and what IAM says of it. The service that was given it says so under its own error
/// code.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
