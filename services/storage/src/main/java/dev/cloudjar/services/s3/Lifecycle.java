package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Agenda;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The lifecycle configurations of buckets, and the midnights at which they are carried out.
final class Lifecycle implements S3 {
    static final String DOCUMENT = "lifecycle";
    static final String TASK = "lifecycle";

    /// When a bucket's rules are to be carried out next; a task for another time is an old one.
    record Round(String key, Instant at) implements Row<String> {}

    private final Kernel kernel;
    private final Configured configured;
    private final Table<String, Round> rounds;
    private final Buckets buckets;
    private final Aging aging;

    Lifecycle(Parts parts, Configured configured, Aging aging) {
        this.kernel = parts.kernel();
        this.configured = configured;
        this.rounds = kernel.table(Round.class, Scope.WORLD);
        this.buckets = parts.buckets();
        this.aging = aging;
    }

    @Override
    public PutBucketLifecycleConfigurationOutput putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest in) {
        BucketLifecycleConfiguration lifecycle = in.lifecycleConfiguration().orElseThrow(Refusals::emptyBody);
        LifecycleRules.check(lifecycle);
        if (MfaDelete.isOn(buckets.of(new Asked(in)))) {
            throw Refusals.INVALID_BUCKET_STATE.because(
                    "Lifecycle configurations are not supported on buckets with MFA delete enabled.");
        }
        String size = in.transitionDefaultMinimumObjectSize()
                .orElse(TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128K);
        if (!TransitionDefaultMinimumObjectSize.VALUES.contains(size)) {
            throw Refusals.argument(
                    "Invalid value for transition default minimum object size",
                    "x-amz-transition-default-minimum-object-size",
                    size);
        }
        configured.put(
                in, DOCUMENT, LifecycleRules.named(lifecycle, () -> kernel.ids().uuid()));
        configured.put(in, DOCUMENT + "-minimum", new AbacStatus().status(size));
        schedule(in.bucket());
        return new PutBucketLifecycleConfigurationOutput().transitionDefaultMinimumObjectSize(size);
    }

    @Override
    public GetBucketLifecycleConfigurationOutput getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest in) {
        BucketLifecycleConfiguration found = configured.get(
                in,
                DOCUMENT,
                new BucketLifecycleConfiguration(),
                Configured.missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"));
        var size = configured.find(in, DOCUMENT + "-minimum", new AbacStatus()).flatMap(AbacStatus::status);
        return new GetBucketLifecycleConfigurationOutput()
                .rules(found.rules())
                .transitionDefaultMinimumObjectSize(size);
    }

    @Override
    public DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest in) {
        configured.delete(in, DOCUMENT);
        rounds.remove(in.bucket());
        return new DeleteBucketLifecycleResponse();
    }

    private void schedule(String bucket) {
        Instant midnight = kernel.time().now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        if (rounds.find(bucket).filter(round -> round.at().equals(midnight)).isEmpty()) {
            rounds.put(new Round(bucket, midnight));
            again(bucket, midnight, "");
        }
    }

    private void again(String bucket, Instant at, String from) {
        Agenda agenda = kernel.agenda();
        agenda.at(at, S3Service.ID, TASK, at.getEpochSecond() + "/" + bucket + '/' + from);
    }

    /// Carries out the rules of the bucket that `subject` names, `midnight/bucket/key`, from the key on: so
    /// many keys in one transaction, the rest in the next.
    void carryOut(String subject) {
        String[] names = subject.split("/", 3);
        Instant at = Instant.ofEpochSecond(Long.parseLong(names[0]));
        boolean current =
                rounds.find(names[1]).filter(round -> round.at().equals(at)).isPresent();
        if (!current) {
            return;
        }
        OwnedBucket bucket = buckets.find(names[1]).orElse(null);
        if (bucket == null || !bucket.has(DOCUMENT)) {
            rounds.remove(names[1]);
            return;
        }
        aging.age(bucket, names[2])
                .ifPresentOrElse(next -> again(bucket.name(), at, next), () -> schedule(bucket.name()));
    }
}
