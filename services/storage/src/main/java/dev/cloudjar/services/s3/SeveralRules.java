package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AnalyticsConfiguration;
import dev.cloudjar.api.S3.AnalyticsS3BucketDestination;
import dev.cloudjar.api.S3.IntelligentTieringAccessTier;
import dev.cloudjar.api.S3.IntelligentTieringConfiguration;
import dev.cloudjar.api.S3.MetricsConfiguration;
import dev.cloudjar.api.S3.StorageClassAnalysisDataExport;
import dev.cloudjar.api.S3.Tiering;
import dev.cloudjar.kernel.Arn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What S3 takes of the configurations of which a bucket has several.
final class SeveralRules {
    private static final int LONGEST_ID = 64;
    private static final int SOONEST_ARCHIVE = 90;
    private static final int SOONEST_DEEP = 180;
    private static final int LATEST = 730;

    private SeveralRules() {}

    static void checkId(String id) {
        boolean named = !id.isEmpty()
                && id.length() <= LONGEST_ID
                && id.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
        if (!named) {
            throw Refusals.argument("The specified configuration id is invalid", "id", id);
        }
    }

    static void check(AnalyticsConfiguration analytics) {
        ObjectFilter.check(analytics.filter());
        analytics.storageClassAnalysis().dataExport().ifPresent(SeveralRules::checkExport);
    }

    private static void checkExport(StorageClassAnalysisDataExport export) {
        AnalyticsS3BucketDestination to = export.destination().s3BucketDestination();
        if (Arn.parse(to.bucket()).filter(arn -> arn.service().equals("s3")).isEmpty()) {
            throw Refusals.argument("Invalid bucket ARN.", "Bucket", to.bucket());
        }
    }

    static void check(MetricsConfiguration metrics) {
        ObjectFilter.check(metrics.filter());
    }

    static void check(IntelligentTieringConfiguration tiering) {
        ObjectFilter.check(tiering.filter());
        List<Tiering> tiers = tiering.tierings();
        Set<String> seen = new HashSet<>();
        if (!tiers.stream().allMatch(tier -> seen.add(tier.accessTier()))) {
            throw Refusals.malformedXml();
        }
        tiers.forEach(SeveralRules::checkDays);
        int archive = days(tiers, IntelligentTieringAccessTier.ARCHIVE_ACCESS, 0);
        if (archive >= days(tiers, IntelligentTieringAccessTier.DEEP_ARCHIVE_ACCESS, Integer.MAX_VALUE)) {
            throw Refusals.argument(
                    "'Days' in the Deep Archive Access tier must be greater than in the Archive Access tier",
                    "Days",
                    "" + archive);
        }
    }

    private static int days(List<Tiering> tiers, String name, int without) {
        return tiers.stream()
                .filter(tier -> tier.accessTier().equals(name))
                .mapToInt(Tiering::days)
                .findFirst()
                .orElse(without);
    }

    private static void checkDays(Tiering tier) {
        boolean deep = tier.accessTier().equals(IntelligentTieringAccessTier.DEEP_ARCHIVE_ACCESS);
        int soonest = deep ? SOONEST_DEEP : SOONEST_ARCHIVE;
        if (tier.days() < soonest || tier.days() > LATEST) {
            throw Refusals.argument(
                    "'Days' for " + tier.accessTier() + " must be between " + soonest + " and " + LATEST,
                    "Days",
                    "" + tier.days());
        }
    }
}
