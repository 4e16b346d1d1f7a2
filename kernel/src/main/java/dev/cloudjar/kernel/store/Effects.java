package dev.cloudjar.kernel.store;

/// What a transaction did, key by key.
interface Effects {
    /// Told of nothing: for a store without a journal.
    Effects NONE = new Effects() {
        @Override
        public Object put(byte[] key, byte[] value) {
            return value;
        }

        @Override
        public void deleted(byte[] key) {}
    };

    /// Answers the value as the tree is to keep it: `value` itself, or a [Large] in its place.
    Object put(byte[] key, byte[] value);

    void deleted(byte[] key);
}
