package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Puts, finds and deletes the documents by which buckets are configured: what all those operations have in
/// common.
final class Configured {
    /// A page of configurations.
    record Listed<S>(List<S> items, Optional<String> next) {}

    private static final int PAGE = 100;
    private static final int MOST = 1000;

    private final Kernel kernel;
    private final Buckets buckets;
    private final Documents documents;

    Configured(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.documents = parts.documents();
    }

    OwnedBucket bucket(Struct in) {
        return buckets.of(new Asked(in));
    }

    void put(Struct in, String name, Struct document) {
        OwnedBucket bucket = bucket(in);
        documents.put(bucket, name, "", document);
        buckets.change(bucket, b -> b.with(name));
    }

    /// The document, or S3's refusal where the bucket has none.
    <D extends Struct> D get(Struct in, String name, D as, Function<String, AwsError> missing) {
        OwnedBucket bucket = bucket(in);
        return documents.find(bucket, name, as).orElseThrow(() -> missing.apply(bucket.name()));
    }

    <D extends Struct> Optional<D> find(Struct in, String name, D as) {
        return documents.find(bucket(in), name, as);
    }

    void delete(Struct in, String name) {
        OwnedBucket bucket = bucket(in);
        documents.remove(bucket, name, "");
        buckets.change(bucket, b -> b.without(name));
    }

    /// One of several documents of a name, by its id, which must be that of the request.
    void putOne(Struct in, String name, String id, Struct document) {
        String asked = new Asked(in).text("Id").orElse("");
        SeveralRules.checkId(asked);
        if (!id.equals(asked)) {
            throw Refusals.of("InvalidArgument", 400, "The id in the request and the configuration must match.");
        }
        OwnedBucket bucket = bucket(in);
        boolean more = documents.find(bucket, name, asked).isEmpty();
        if (more && documents.all(bucket, name).size() >= MOST) {
            throw Refusals.of(
                    "TooManyConfigurations",
                    400,
                    "You are attempting to create a new configuration but have already reached the 1,000-configuration"
                            + " limit.");
        }
        documents.put(bucket, name, asked, document);
        if (!bucket.has(name)) {
            buckets.change(bucket, b -> b.with(name));
        }
    }

    <D extends Struct> D getOne(Struct in, String name, D as) {
        String id = new Asked(in).text("Id").orElse("");
        return documents.find(bucket(in), name, id, as).orElseThrow(Configured::noSuch);
    }

    void deleteOne(Struct in, String name) {
        if (!documents.remove(bucket(in), name, new Asked(in).text("Id").orElse(""))) {
            throw noSuch();
        }
    }

    private static AwsError noSuch() {
        return Refusals.of("NoSuchConfiguration", 404, "The specified configuration does not exist.");
    }

    /// A page of the documents of a name.
    <D extends Struct> Listed<D> list(Struct in, String name, Supplier<D> as) {
        OwnedBucket bucket = bucket(in);
        String scope = name + '/' + bucket.name();
        String after = new Asked(in)
                .filled("ContinuationToken")
                .map(token -> kernel.tokens()
                        .open(scope, token)
                        .orElseThrow(() -> Refusals.argument(
                                "The continuation token provided is incorrect", "continuation-token", token)))
                .orElse("");
        List<Documents.Document> rest = documents.all(bucket, name).stream()
                .filter(document -> document.key().id().compareTo(after) > 0)
                .toList();
        List<Documents.Document> page = rest.subList(0, Math.min(PAGE, rest.size()));
        Optional<String> next = rest.size() > PAGE
                ? Optional.of(kernel.tokens().seal(scope, page.getLast().key().id()))
                : Optional.empty();
        return new Listed<>(
                page.stream()
                        .map(document -> StructJson.read(document.json(), as.get()))
                        .toList(),
                next);
    }

    /// S3's refusal for a document that a bucket does not have.
    static Function<String, AwsError> missing(String code, String message) {
        return bucket -> Refusals.noConfiguration(code, message, bucket);
    }

    static S3.PublicAccessBlockConfiguration blockingAll() {
        return new S3.PublicAccessBlockConfiguration()
                .blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true);
    }
}
