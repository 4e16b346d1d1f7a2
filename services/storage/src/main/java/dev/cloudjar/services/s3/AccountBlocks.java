package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.PublicAccessBlockConfiguration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.util.Optional;

/// What accounts block for all their buckets, which no bucket can undo.
final class AccountBlocks {
    /// The block of one account.
    record Block(String key, Settings settings) implements Row<String> {}

    record Settings(
            boolean blockPublicAcls,
            boolean ignorePublicAcls,
            boolean blockPublicPolicy,
            boolean restrictPublicBuckets) {
        private static final Settings NONE = new Settings(false, false, false, false);
    }

    private final Kernel kernel;
    private final Documents documents;
    private final Table<String, Block> blocks;

    AccountBlocks(Kernel kernel, Documents documents) {
        this.kernel = kernel;
        this.documents = documents;
        this.blocks = kernel.table(Block.class, Scope.WORLD);
    }

    Optional<Settings> find(String account) {
        return kernel.transact(() -> blocks.find(account)).map(Block::settings);
    }

    void put(String account, Settings settings) {
        blocks.put(new Block(account, settings));
    }

    void remove(String account) {
        blocks.remove(account);
    }

    /// What holds for a bucket: what it blocks itself, and what its owner's account does.
    PublicAccessBlockConfiguration of(OwnedBucket bucket) {
        Settings account = find(bucket.owner()).orElse(Settings.NONE);
        PublicAccessBlockConfiguration block = documents
                .find(bucket, Configurations.PUBLIC_ACCESS, new PublicAccessBlockConfiguration())
                .orElseGet(PublicAccessBlockConfiguration::new);
        return new PublicAccessBlockConfiguration()
                .blockPublicAcls(
                        account.blockPublicAcls() || block.blockPublicAcls().orElse(false))
                .ignorePublicAcls(
                        account.ignorePublicAcls() || block.ignorePublicAcls().orElse(false))
                .blockPublicPolicy(
                        account.blockPublicPolicy() || block.blockPublicPolicy().orElse(false))
                .restrictPublicBuckets(account.restrictPublicBuckets()
                        || block.restrictPublicBuckets().orElse(false));
    }
}
