package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.IntelligentTieringAccessTier;
import dev.cloudjar.api.S3.IntelligentTieringConfiguration;
import dev.cloudjar.api.S3.Tiering;
import dev.cloudjar.kernel.StructJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Intelligent-Tiering: the tier to which an object has come because nobody read it, which follows from when it
/// was last used and what its bucket has opted into.
final class Tiers {
    static final String CLASS = "INTELLIGENT_TIERING";
    static final String DOCUMENT = "intelligent-tiering";

    private static final String FREQUENT = "FREQUENT";
    private static final String ARCHIVE = IntelligentTieringAccessTier.ARCHIVE_ACCESS;
    private static final String DEEP_ARCHIVE = IntelligentTieringAccessTier.DEEP_ARCHIVE_ACCESS;

    /// Smaller objects are always in the frequent access tier.
    private static final long SMALLEST = 128 << 10;

    private static final int INFREQUENT_AFTER = 30;
    private static final int INSTANT_AFTER = 90;

    private final Documents documents;

    Tiers(Documents documents) {
        this.documents = documents;
    }

    static Instant lastUse(Version version) {
        return version.extra().used().orElse(version.origin().modified());
    }

    /// The tier of an object of the class, as inventories name it.
    String of(OwnedBucket bucket, Version version, Instant now) {
        if (version.content().size() < SMALLEST) {
            return FREQUENT;
        }
        long days = Duration.between(lastUse(version), now).toDays();
        return archive(bucket, version, days)
                .orElse(
                        days >= INSTANT_AFTER
                                ? "ARCHIVE_INSTANT_ACCESS"
                                : days >= INFREQUENT_AFTER ? "INFREQUENT" : FREQUENT);
    }

    /// The archive tier of a version, which has to be restored before it can be read.
    Optional<String> archive(OwnedBucket bucket, Version version, Instant now) {
        boolean tiered =
                version.storageClass().equals(CLASS) && version.content().size() >= SMALLEST;
        return tiered
                ? archive(
                        bucket, version, Duration.between(lastUse(version), now).toDays())
                : Optional.empty();
    }

    private Optional<String> archive(OwnedBucket bucket, Version version, long days) {
        Optional<String> tier = Optional.empty();
        for (Documents.Document document : documents.all(bucket, DOCUMENT)) {
            var wanted = StructJson.read(document.json(), new IntelligentTieringConfiguration());
            boolean concerned = wanted.status().equals("Enabled")
                    && ObjectFilter.of(wanted.filter()).takes(version);
            for (Tiering tiering : wanted.tierings()) {
                boolean deep = tiering.accessTier().equals(DEEP_ARCHIVE);
                if (concerned && days >= tiering.days() && (deep || tier.isEmpty())) {
                    tier = Optional.of(deep ? DEEP_ARCHIVE : ARCHIVE);
                }
            }
        }
        return tier;
    }
}
