package dev.cloudjar.kernel.store;

/// The tree without a journal keeps the store's promises.
class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return TreeStore.inMemory();
    }
}
