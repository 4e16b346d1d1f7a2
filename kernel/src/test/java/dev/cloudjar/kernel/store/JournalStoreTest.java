package dev.cloudjar.kernel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The tree with a journal keeps the store's promises.
class JournalStoreTest extends StoreContract {
    private final Path directory;

    JournalStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected Store open() {
        return TreeStore.open(directory.resolve("journal"), Durability.OS, _ -> {});
    }
}
