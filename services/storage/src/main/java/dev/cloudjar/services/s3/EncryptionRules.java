package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.ServerSideEncryptionByDefault;
import dev.cloudjar.api.S3.ServerSideEncryptionConfiguration;
import dev.cloudjar.api.S3.ServerSideEncryptionRule;
import java.util.List;

/// What a bucket may say of the encryption of its objects.
final class EncryptionRules {
    private EncryptionRules() {}

    static void check(ServerSideEncryptionConfiguration configuration) {
        if (configuration.rules().size() != 1) {
            throw Refusals.malformedXml();
        }
        ServerSideEncryptionRule rule = configuration.rules().getFirst();
        rule.applyServerSideEncryptionByDefault().ifPresent(EncryptionRules::check);
    }

    private static void check(ServerSideEncryptionByDefault usual) {
        String algorithm = usual.sseAlgorithm();
        if (algorithm.equals("aws:fsx")) {
            throw Refusals.malformedXml();
        }
        if (algorithm.equals(Seal.AES256) && usual.kmsMasterKeyId().isPresent()) {
            throw Refusals.argument(
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                    "KMSMasterKeyID",
                    usual.kmsMasterKeyId().get());
        }
    }

    /// What a bucket does that was never told otherwise.
    static ServerSideEncryptionConfiguration usual() {
        return new ServerSideEncryptionConfiguration()
                .rules(List.of(new ServerSideEncryptionRule()
                        .applyServerSideEncryptionByDefault(
                                new ServerSideEncryptionByDefault().sseAlgorithm(Seal.AES256))
                        .bucketKeyEnabled(false)
                        .blockedEncryptionTypes(new S3.BlockedEncryptionTypes().encryptionType(List.of("SSE-C")))));
    }
}
