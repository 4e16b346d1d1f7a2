package dev.cloudjar.testkit;

/// Something that goes wrong in a cloud until it is closed.
public final class Fault implements AutoCloseable {
    private final Admin admin;
    private final String id;

    Fault(Admin admin, String id) {
        this.admin = admin;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /// How many calls it has hit.
    public long hits() {
        return admin.hits(id);
    }

    /// Lets it go well again.
    @Override
    public void close() {
        admin.removeFault(id);
    }
}
