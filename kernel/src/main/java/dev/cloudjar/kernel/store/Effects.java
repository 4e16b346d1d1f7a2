package dev.cloudjar.kernel.store;

/// What a transaction did, key by key.
interface Effects {
    /// Told of nothing: for a store without a journal.
    Effects NONE = new Effects() {
        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void deleted(byte[] key) {}
    };

    void put(byte[] key, byte[] value);

    void deleted(byte[] key);
}
