package dev.cloudjar.services.dynamodb;

/// Read and write units a second.
record Units(long read, long write) {
    /// As much as there is, as AWS writes it.
    static final Units UNLIMITED = new Units(-1, -1);

    static final Units NONE = new Units(0, 0);

    /// What an on-demand table can take at once without having been used.
    static final Units WARM = new Units(12_000, 4_000);
}
