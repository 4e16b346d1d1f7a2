package dev.cloudjar.kernel.store;

/// The store cannot do what it was asked: a disk that is full, a journal that is damaged, a transaction too
/// large. The message says what to do about it.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
