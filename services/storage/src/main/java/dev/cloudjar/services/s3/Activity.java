package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.AccountLevel;
import dev.cloudjar.api.S3Control.ActivityMetrics;
import dev.cloudjar.api.S3Control.BucketLevel;
import dev.cloudjar.api.S3Control.DetailedStatusCodesMetrics;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Tally;
import dev.cloudjar.kernel.Witness.Answer;
import dev.cloudjar.kernel.Witness.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The requests that are made to buckets, counted day by day for the accounts whose Storage Lens dashboards want
/// to know.
final class Activity {
    private static final String ALL = "AllRequests";
    private static final Set<String> LISTING = Set.of("ListObjects", "ListObjectsV2", "ListObjectVersions");
    /// The statuses that have a metric of their own.
    private static final Map<Integer, String> STATUSES = Map.of(
            200, "200OKStatusCount",
            206, "206PartialContentStatusCount",
            400, "400BadRequestErrorCount",
            403, "403ForbiddenErrorCount",
            404, "404NotFoundErrorCount",
            500, "500InternalServerErrorCount",
            503, "503ServiceUnavailableErrorCount");
    /// Exports are made a day later; some may be late.
    private static final Duration KEPT = Duration.ofDays(7);

    /// An account one of whose dashboards wants to know of requests.
    record Watched(String key) implements Row<String> {}

    private final Kernel kernel;
    private final Tally tally;
    private final Table<String, Watched> watched;

    Activity(Kernel kernel) {
        this.kernel = kernel;
        this.tally = kernel.tally("requests", KEPT);
        this.watched = kernel.table(Watched.class, Scope.WORLD);
    }

    /// Sets down whether the account of this call wants to know of requests.
    void watch(Stream<StorageLensConfiguration> dashboards) {
        String account = Call.current().account();
        boolean wanted = dashboards
                .filter(StorageLensConfiguration::isEnabled)
                .map(StorageLensConfiguration::accountLevel)
                .anyMatch(level -> Stream.concat(Stream.of(ALL), STATUSES.values().stream())
                        .anyMatch(ofAccount(level).or(ofBuckets(level.bucketLevel()))));
        if (wanted) {
            watched.put(new Watched(account));
        } else {
            watched.remove(account);
        }
    }

    /// Which metrics a dashboard tells of its account.
    static Predicate<String> ofAccount(AccountLevel level) {
        return told(level.activityMetrics(), level.detailedStatusCodesMetrics());
    }

    /// Which metrics a dashboard tells of each bucket.
    static Predicate<String> ofBuckets(BucketLevel level) {
        return told(level.activityMetrics(), level.detailedStatusCodesMetrics());
    }

    private static Predicate<String> told(
            Optional<ActivityMetrics> all, Optional<DetailedStatusCodesMetrics> statuses) {
        boolean requests = all.flatMap(ActivityMetrics::isEnabled).orElse(false);
        boolean detailed =
                statuses.flatMap(DetailedStatusCodesMetrics::isEnabled).orElse(false);
        return name -> STATUSES.containsValue(name) ? detailed : requests;
    }

    /// Counts a request to a bucket.
    void note(OwnedBucket bucket, Asked asked, Answer answer) {
        if (!kernel.transact(() -> watched.has(bucket.owner()))) {
            return;
        }
        String subject = subject(bucket, Call.current().request().at());
        tally.add(subject, ALL, 1);
        tally.add(subject, kind(asked), 1);
        if (!asked.method().equals("HEAD")) {
            add(subject, "BytesDownloaded", answer.sent().orElse(0));
        }
        List<String> length = Call.current().facts().of("cloudjar:bodylength");
        add(subject, "BytesUploaded", length.isEmpty() ? 0 : Long.parseLong(length.getFirst()));
        if (answer.status() >= 400) {
            tally.add(subject, answer.status() >= 500 ? "5xxErrors" : "4xxErrors", 1);
        }
        String status = STATUSES.get(answer.status());
        if (status != null) {
            tally.add(subject, status, 1);
        }
    }

    private void add(String subject, String name, long bytes) {
        if (bytes > 0) {
            tally.add(subject, name, bytes);
        }
    }

    private static String subject(OwnedBucket bucket, Instant at) {
        return bucket.name() + '/' + at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static String kind(Asked asked) {
        String operation = asked.operation().name();
        if (LISTING.contains(operation)) {
            return "ListRequests";
        }
        if (operation.equals("SelectObjectContent")) {
            return "SelectRequests";
        }
        return switch (asked.method()) {
            case "GET" -> "GetRequests";
            case "HEAD" -> "HeadRequests";
            case "PUT" -> "PutRequests";
            case "DELETE" -> "DeleteRequests";
            default -> "PostRequests";
        };
    }

    /// Has all be counted that was answered until now. Not to be called in a transaction.
    void settle() {
        tally.setDown();
    }

    /// What was counted for a bucket on the day before `midnight`.
    Map<String, Long> of(OwnedBucket bucket, Instant midnight) {
        return tally.of(subject(bucket, midnight.minus(Duration.ofDays(1))));
    }
}
