package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AnalyticsConfiguration;
import dev.cloudjar.api.S3.AnalyticsS3BucketDestination;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Storage class analyses: every midnight what a bucket holds, by class and age, is added to a file in the bucket
/// that is to have it.
final class Analysis {
    static final String TASK = "analysis";

    private static final String SERVICE = "s3.amazonaws.com";
    private static final String COLUMNS = "Date,ConfigId,Filter,StorageClass,ObjectAge,ObjectCount,DataUploaded_MB,"
            + "Storage_MB,DataRetrieved_MB,GetRequestCount,CumulativeAccessRatio,ObjectAgeForSIATransition,"
            + "RecommendedObjectAgeForSIATransition\n";

    /// The first days of the age groups.
    private static final int[] AGES = {0, 15, 30, 45, 60, 75, 90, 120, 150, 180, 365, 730};

    private static final double MEGABYTE = 1 << 20;

    /// When an analysis is to be taken next, and the lines of the days before.
    record Turn(Key key, Instant at, String lines) implements Row<Turn.Key> {
        record Key(String bucket, String id) {}
    }

    /// What lies in one class and age group.
    private record Heap(long count, long bytes, long arrived) {
        Heap and(Heap other) {
            return new Heap(count + other.count, bytes + other.bytes, arrived + other.arrived);
        }
    }

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final Shipping shipping;
    private final Table<Turn.Key, Turn> turns;
    private final Retrievals retrievals;

    Analysis(Parts parts, Shipping shipping) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.shipping = shipping;
        this.retrievals = new Retrievals(parts);
        this.turns = kernel.table(Turn.class, Scope.WORLD);
    }

    /// Sets down when an analysis is taken next.
    void schedule(String bucket, String id) {
        Instant midnight = kernel.time().now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        var key = new Turn.Key(bucket, id);
        kernel.transact(() -> {
            Optional<Turn> known = turns.find(key);
            if (known.filter(turn -> turn.at().equals(midnight)).isEmpty()) {
                turns.put(new Turn(key, midnight, known.map(Turn::lines).orElse("")));
                kernel.agenda().at(midnight, S3Service.ID, TASK, midnight.getEpochSecond() + "/" + bucket + '/' + id);
            }
            return midnight;
        });
    }

    /// Takes the analysis that `subject` names, `instant/bucket/id`, and sets down the next.
    void export(String subject) {
        String[] names = subject.split("/", 3);
        Instant at = Instant.ofEpochSecond(Long.parseLong(names[0]));
        var key = new Turn.Key(names[1], names[2]);
        Optional<Turn> turn = kernel.transact(() -> turns.find(key)).filter(t -> t.at().equals(at));
        Optional<OwnedBucket> bucket = turn.flatMap(_ -> buckets.find(names[1]));
        Optional<AnalyticsConfiguration> wanted = bucket.flatMap(
                b -> documents.find(b, SeveralConfigurations.ANALYTICS, names[2], new AnalyticsConfiguration()));
        if (wanted.isEmpty()) {
            kernel.transact(() -> turn.map(t -> turns.remove(t.key())));
            return;
        }
        String lines = turn.orElseThrow().lines() + lines(bucket.orElseThrow(), wanted.get(), at);
        wanted.get()
                .storageClassAnalysis()
                .dataExport()
                .map(export -> export.destination().s3BucketDestination())
                .ifPresent(to -> ship(bucket.get(), names[2], to, COLUMNS + lines));
        kernel.transact(() -> turns.put(new Turn(key, at, lines)));
        schedule(names[1], names[2]);
    }

    private String lines(OwnedBucket bucket, AnalyticsConfiguration wanted, Instant at) {
        ObjectFilter filter = ObjectFilter.of(wanted.filter());
        Map<String, Heap> heaps = new TreeMap<>();
        Map<String, Retrievals.Count> read = kernel.transact(() -> {
            heaps.clear();
            try (Stream<Version> rows = objects.versions().rows(Span.under(bucket.name()))) {
                rows.filter(version -> !version.marker() && filter.takes(version))
                        .forEach(version -> add(version, at, heaps));
            }
            return retrievals.take(bucket.name(), wanted.id());
        });
        String day = at.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).toLocalDate() + ",";
        String head = day + wanted.id() + ',' + filter.prefix() + ',';
        var text = new StringBuilder();
        heaps.forEach((group, heap) ->
                text.append(head).append(group).append(numbers(heap, Optional.ofNullable(read.get(group)))));
        return text.toString();
    }

    private static String numbers(Heap heap, Optional<Retrievals.Count> read) {
        return String.format(
                Locale.ROOT,
                ",%d,%.4f,%.4f,%.4f,%d,,,\n",
                heap.count(),
                heap.arrived() / MEGABYTE,
                heap.bytes() / MEGABYTE,
                read.map(Retrievals.Count::bytes).orElse(0L) / MEGABYTE,
                read.map(Retrievals.Count::requests).orElse(0L));
    }

    private static void add(Version version, Instant at, Map<String, Heap> heaps) {
        long size = version.content().size();
        var heap = new Heap(1, size, days(version, at) == 0 ? size : 0);
        groups(version, at).forEach(group -> heaps.merge(group, heap, Heap::and));
    }

    private static long days(Version version, Instant at) {
        return Duration.between(version.origin().modified(), at).toDays();
    }

    /// The groups to which a version belongs: all of its class, and those of its age.
    static List<String> groups(Version version, Instant at) {
        String storageClass = version.storageClass() + ',';
        return List.of(storageClass + "ALL", storageClass + group(days(version, at)));
    }

    /// `015-029`, or `730+`.
    private static String group(long days) {
        int i = AGES.length - 1;
        while (AGES[i] > days) {
            i--;
        }
        return i == AGES.length - 1 ? AGES[i] + "+" : String.format(Locale.ROOT, "%03d-%03d", AGES[i], AGES[i + 1] - 1);
    }

    private void ship(OwnedBucket from, String id, AnalyticsS3BucketDestination destination, String file) {
        Optional<OwnedBucket> to =
                Arn.parse(destination.bucket()).map(Arn::resource).flatMap(buckets::find);
        String prefix = destination.prefix().map(text -> text + '/').orElse("");
        to.ifPresent(there -> shipping.ship(
                from,
                SERVICE,
                there,
                Shipping.file(prefix + from.name() + '/' + id + ".csv", "text/csv", Blob.of(file))));
    }
}
