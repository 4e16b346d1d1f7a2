package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Tells, every midnight, of the objects that Intelligent-Tiering has moved to an archive tier since the last.
/// The tiers themselves follow from the time.
final class TierMoves {
    static final String TASK = "tiering";

    /// How many versions are looked at in one transaction.
    private static final int MOST = 2000;

    private static final Duration DAY = Duration.ofDays(1);

    /// When a bucket's objects are looked at next; a task for another time is an old one.
    record Patrol(String key, Instant at) implements Row<String> {}

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final Changes changes;
    private final Tiers tiers;
    private final Table<String, Patrol> patrols;

    TierMoves(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.changes = parts.changes();
        this.tiers = new Tiers(documents);
        this.patrols = kernel.table(Patrol.class, Scope.WORLD);
    }

    void schedule(String bucket) {
        Instant midnight = kernel.time().now().truncatedTo(ChronoUnit.DAYS).plus(DAY);
        if (patrols.find(bucket).filter(patrol -> patrol.at().equals(midnight)).isEmpty()) {
            patrols.put(new Patrol(bucket, midnight));
            again(bucket, midnight, 0, "");
        }
    }

    private void again(String bucket, Instant at, long rank, String key) {
        String subject = at.getEpochSecond() + "/" + bucket + '/' + rank + '/' + key;
        kernel.agenda().at(at, S3Service.ID, TASK, subject);
    }

    /// Goes through the bucket that `subject` names, `midnight/bucket/rank/key`, from that version on: so many
    /// in one transaction, the rest in the next.
    void carryOut(String subject) {
        String[] names = subject.split("/", 4);
        Instant at = Instant.ofEpochSecond(Long.parseLong(names[0]));
        boolean current =
                patrols.find(names[1]).filter(patrol -> patrol.at().equals(at)).isPresent();
        Optional<OwnedBucket> bucket = current ? buckets.find(names[1]) : Optional.empty();
        if (bucket.filter(found -> !documents.all(found, Tiers.DOCUMENT).isEmpty())
                .isEmpty()) {
            return;
        }
        List<Version> some = objects.page(new Version.Key(names[1], names[3], Long.parseLong(names[2])), MOST);
        some.forEach(version -> tell(bucket.get(), version, at));
        if (some.size() == MOST) {
            again(
                    names[1],
                    at,
                    some.getLast().key().rank(),
                    some.getLast().key().name());
        } else {
            schedule(names[1]);
        }
    }

    private void tell(OwnedBucket bucket, Version version, Instant at) {
        Optional<String> tier = version.marker() ? Optional.empty() : tiers.archive(bucket, version, at);
        if (tier.isPresent() && !tier.equals(tiers.archive(bucket, version, at.minus(DAY)))) {
            changes.changed(bucket, version, "IntelligentTiering:" + tier.get());
        }
    }
}
