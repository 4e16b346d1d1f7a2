package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.ListObjectsV2Output;
import dev.cloudjar.api.S3.ListObjectsV2Request;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.model.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What other services write to buckets and read from them: S3's own operations, judged as if their caller had
/// asked for them himself, in the account and region of the bucket.
final class StoreForServices implements ObjectStore {
    private final Errands errands;
    private final Writing writing;
    private final Reading reading;
    private final Listing listing;

    StoreForServices(Parts parts, Writing writing, Reading reading) {
        this.errands = new Errands(parts);
        this.writing = writing;
        this.reading = reading;
        this.listing = new Listing(parts);
    }

    @Override
    public String put(Bucket bucket, String key, Body body, Map<String, String> settings) {
        var in = new PutObjectRequest()
                .bucket(bucket.name())
                .expectedBucketOwner(bucket.owner())
                .key(key)
                .body(body);
        settings.forEach((name, value) -> in.set(in.shape().member(name).orElseThrow(), value));
        return errands.ask("PutObject", in, () -> writing.putObject(in)).eTag().orElseThrow();
    }

    @Override
    public List<Found> list(Bucket bucket, String prefix) {
        List<Found> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            var in = new ListObjectsV2Request()
                    .bucket(bucket.name())
                    .expectedBucketOwner(bucket.owner())
                    .prefix(prefix)
                    .continuationToken(token);
            ListObjectsV2Output page = errands.ask("ListObjectsV2", in, () -> listing.listObjectsV2(in));
            page.contents()
                    .forEach(each -> all.add(
                            new Found(each.key().orElseThrow(), each.size().orElseThrow())));
            token = page.nextContinuationToken();
        } while (token.isPresent());
        return all;
    }

    @Override
    public Body open(Bucket bucket, String key) {
        var in = new GetObjectRequest()
                .bucket(bucket.name())
                .expectedBucketOwner(bucket.owner())
                .key(key);
        return errands.ask("GetObject", in, () -> reading.getObject(in)).body().orElseThrow();
    }
}
