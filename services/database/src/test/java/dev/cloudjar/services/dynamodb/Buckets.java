package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Every bucket there is but `nowhere`, for tests of what DynamoDB keeps in buckets and reads from them.
final class Buckets implements Service, ObjectStore {
    static final Entry ENTRY = new Entry("s3", Buckets::new, Set.of(ObjectStore.class));

    /// An object of a test.
    record Kept(Key key, Blob bytes, Map<String, String> settings) implements Row<Kept.Key> {
        record Key(String bucket, String name) {}
    }

    /// What happens once, as the next data file arrives.
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    private final Kernel kernel;
    private final Table<Kept.Key, Kept> objects;

    Buckets(Kernel kernel) {
        this.kernel = kernel;
        this.objects = kernel.table(Kept.class, Scope.WORLD);
    }

    @Override
    public List<Api> parts() {
        return List.of(new S3() {});
    }

    private static void check(Bucket bucket) {
        if (bucket.name().equals("nowhere")) {
            throw AwsError.Code.of("NoSuchBucket", 404).because("The specified bucket does not exist");
        }
    }

    void onNextData(Runnable work) {
        next.set(work);
    }

    @Override
    public String put(Bucket bucket, String key, Body body, Map<String, String> settings) {
        check(bucket);
        if (key.contains("/data/")) {
            next.getAndSet(() -> {}).run();
        }
        try (var in = body.open()) {
            Blob bytes = Blob.of(in.readAllBytes());
            kernel.transact(() -> objects.put(new Kept(new Kept.Key(bucket.name(), key), bytes, settings)));
            return '"' + Digests.hex(Digests.md5().digest(bytes.bytes())) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Found> list(Bucket bucket, String prefix) {
        check(bucket);
        return kernel.transact(() -> objects.rows(Span.under(bucket.name()))
                .filter(each -> each.key().name().startsWith(prefix))
                .map(each -> new Found(each.key().name(), each.bytes().size()))
                .toList());
    }

    @Override
    public Body open(Bucket bucket, String key) {
        return Body.of(kernel.transact(
                        () -> objects.find(new Kept.Key(bucket.name(), key)).orElseThrow())
                .bytes());
    }
}
