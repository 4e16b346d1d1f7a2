package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.BucketLoggingStatus;
import dev.cloudjar.api.S3.LoggingEnabled;
import dev.cloudjar.api.S3.PartitionDateSource;
import dev.cloudjar.api.S3.PartitionedPrefix;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3.TargetGrant;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Witness.Answer;
import dev.cloudjar.kernel.Witness.Asked;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The access logs of buckets: a line for each request, brought to the target bucket from time to time.
final class AccessLog {
    static final String TASK = "access-log";
    static final String SERVICE = "logging.s3.amazonaws.com";

    /// A line on its way, and that a bucket has such lines, and so a task on the agenda.
    record Line(Key key, Instant at, String text) implements Row<Line.Key> {
        record Key(String bucket, long sequence) {}
    }

    record Due(String key) implements Row<String> {}

    /// How long lines are gathered: on AWS up to hours, here as long as it takes to have more than one.
    private static final Duration GATHERED = Duration.ofSeconds(5);

    private static final Duration GATHERED_ON_AWS = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss");
    private static final DateTimeFormatter FOLDERS = DateTimeFormatter.ofPattern("uuuu/MM/dd/");

    private final Kernel kernel;
    private final Buckets buckets;
    private final Documents documents;
    private final LogLine line;
    private final Shipping shipping;
    private final Table<Line.Key, Line> lines;
    private final Table<String, Due> due;

    AccessLog(Parts parts, Shipping shipping) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.documents = parts.documents();
        this.line = new LogLine(parts);
        this.shipping = shipping;
        this.lines = kernel.table(Line.class, Scope.WORLD);
        this.due = kernel.table(Due.class, Scope.WORLD);
    }

    /// Writes down a request, where its bucket keeps a log.
    void note(OwnedBucket bucket, Asked asked, Answer answer) {
        if (!bucket.has(Configurations.LOGGING)) {
            return;
        }
        Instant now = kernel.time().now();
        String text = line.of(bucket, asked, answer);
        kernel.transact(() -> {
            lines.put(new Line(new Line.Key(bucket.name(), kernel.ids().sequence()), now, text));
            return due.create(new Due(bucket.name())) && remind(bucket.name(), now);
        });
    }

    private boolean remind(String bucket, Instant now) {
        Duration gathered = kernel.realisticDelays() ? GATHERED_ON_AWS : GATHERED;
        kernel.agenda().at(now.plus(gathered), S3Service.ID, TASK, bucket);
        return true;
    }

    /// Brings the lines of a bucket to where its log is kept now; without such a place they are dropped.
    void deliver(String name) {
        List<Line> gathered = kernel.transact(() -> {
            due.remove(name);
            return lines.rows(Span.under(name)).limit(MOST).toList();
        });
        Optional<OwnedBucket> bucket = buckets.find(name);
        Optional<LoggingEnabled> logging = bucket.flatMap(
                        b -> documents.find(b, Configurations.LOGGING, new BucketLoggingStatus()))
                .flatMap(BucketLoggingStatus::loggingEnabled);
        Optional<OwnedBucket> target = logging.flatMap(log -> buckets.find(log.targetBucket()));
        if (target.isPresent()) {
            byDay(logging.get(), gathered)
                    .forEach((day, some) -> ship(bucket.orElseThrow(), target.get(), logging.get(), some));
        }
        kernel.transact(() -> {
            gathered.forEach(one -> lines.remove(one.key()));
            boolean more = lines.rows(Span.under(name)).findFirst().isPresent();
            return more
                    && due.create(new Due(name))
                    && remind(name, kernel.time().now());
        });
    }

    /// Lines of one day go into one object, where the object's key tells the day of its lines.
    private static Map<Instant, List<Line>> byDay(LoggingEnabled logging, List<Line> gathered) {
        boolean days = partitioned(logging)
                .flatMap(PartitionedPrefix::partitionDateSource)
                .filter(PartitionDateSource.EVENT_TIME::equals)
                .isPresent();
        return gathered.stream()
                .collect(Collectors.groupingBy(
                        one -> days ? one.at().truncatedTo(ChronoUnit.DAYS) : Instant.EPOCH,
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static Optional<PartitionedPrefix> partitioned(LoggingEnabled logging) {
        return logging.targetObjectKeyFormat().flatMap(format -> format.partitionedPrefix());
    }

    private void ship(OwnedBucket from, OwnedBucket to, LoggingEnabled logging, List<Line> some) {
        String text = some.stream().map(Line::text).collect(Collectors.joining("\n", "", "\n"));
        var object = new PutObjectRequest()
                .key(key(from, logging, some.getFirst().at()))
                .contentType("text/plain")
                .body(Body.of(Blob.of(text)));
        if (!to.isOwnerEnforced()) {
            grant(logging.targetGrants(), object);
        }
        shipping.ship(from, SERVICE, to, object);
    }

    private static void grant(List<TargetGrant> grants, PutObjectRequest object) {
        for (TargetGrant grant : grants) {
            String grantee = grant.grantee()
                    .flatMap(to ->
                            to.id().map(id -> "id=" + id).or(() -> to.uri().map(uri -> "uri=" + uri)))
                    .orElse("");
            switch (grant.permission().orElse("")) {
                case "READ" -> object.grantRead(joined(object.grantRead(), grantee));
                case "FULL_CONTROL" -> object.grantFullControl(joined(object.grantFullControl(), grantee));
                default -> {}
            }
        }
        if (grants.isEmpty()) {
            object.acl("bucket-owner-full-control");
        }
    }

    private static String joined(Optional<String> before, String more) {
        return before.map(text -> text + ',' + more).orElse(more);
    }

    private String key(OwnedBucket from, LoggingEnabled logging, Instant first) {
        String unique = kernel.ids().hex("", 16).toUpperCase(java.util.Locale.ROOT);
        Optional<PartitionedPrefix> partitioned = partitioned(logging);
        Instant now = kernel.time().now();
        if (partitioned.isEmpty()) {
            return logging.targetPrefix() + stamp(now) + '-' + unique;
        }
        boolean days = partitioned
                .get()
                .partitionDateSource()
                .filter(PartitionDateSource.EVENT_TIME::equals)
                .isPresent();
        Instant at = days ? first.truncatedTo(ChronoUnit.DAYS) : now;
        return logging.targetPrefix()
                + from.owner()
                + '/'
                + from.region()
                + '/'
                + from.name()
                + '/'
                + FOLDERS.format(at.atOffset(ZoneOffset.UTC))
                + stamp(at)
                + '-'
                + unique;
    }

    private static String stamp(Instant at) {
        return STAMP.format(at.atOffset(ZoneOffset.UTC));
    }
}
