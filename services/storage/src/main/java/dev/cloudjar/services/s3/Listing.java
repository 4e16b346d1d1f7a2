package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.services.s3.Scan.Wish;
import java.util.List;
import java.util.function.UnaryOperator;

/// The objects of a bucket, listed by key.
final class Listing implements S3 {
    private static final String SCOPE = "ListObjectsV2/";

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Renderings renderings;

    Listing(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.renderings = new Renderings(parts);
    }

    @Override
    @OutsideTransaction
    public ListObjectsOutput listObjects(ListObjectsRequest in) {
        var asked = new Asked(in);
        return renderings
                .list("ListObjects", asked, new ListObjectsOutput())
                .orElseGet(() -> kernel.transact(() -> listed(in, asked)));
    }

    private ListObjectsOutput listed(ListObjectsRequest in, Asked asked) {
        OwnedBucket bucket = buckets.of(asked);
        var spelling = Spelling.of(asked);
        int most = Spelling.most(asked, "MaxKeys", "maxKeys");
        String after = in.marker().orElse("");
        var wish =
                new Wish(bucket.name(), in.prefix().orElse(""), in.delimiter().orElse(""), after, most);
        Scan<Entry> page = scan(wish);
        boolean fetchOwner = true;
        var out = new ListObjectsOutput()
                .name(bucket.name())
                .prefix(spelling.of(in.prefix().orElse("")))
                .marker(spelling.of(after))
                .delimiter(in.delimiter().filter(d -> !d.isEmpty()).map(spelling::of))
                .maxKeys(most)
                .isTruncated(page.last().isPresent())
                .encodingType(in.encodingType())
                .contents(contents(page, spelling, fetchOwner, restoreAsked(asked)))
                .commonPrefixes(prefixes(page, spelling));
        return wish.delimiter().isEmpty() ? out : out.nextMarker(page.last().map(spelling::of));
    }

    @Override
    @OutsideTransaction
    public ListObjectsV2Output listObjectsV2(ListObjectsV2Request in) {
        var asked = new Asked(in);
        return renderings
                .list("ListObjectsV2", asked, new ListObjectsV2Output())
                .orElseGet(() -> kernel.transact(() -> listed(in, asked)));
    }

    private ListObjectsV2Output listed(ListObjectsV2Request in, Asked asked) {
        OwnedBucket bucket = buckets.of(asked);
        var spelling = Spelling.of(asked);
        int most = Spelling.most(asked, "MaxKeys", "maxKeys");
        String after = in.continuationToken()
                .map(token -> opened(bucket, token))
                .or(in::startAfter)
                .orElse("");
        var wish =
                new Wish(bucket.name(), in.prefix().orElse(""), in.delimiter().orElse(""), after, most);
        Scan<Entry> page = scan(wish);
        return new ListObjectsV2Output()
                .name(bucket.name())
                .prefix(spelling.of(in.prefix().orElse("")))
                .delimiter(in.delimiter().filter(d -> !d.isEmpty()).map(spelling::of))
                .startAfter(in.startAfter().map(spelling::of))
                .maxKeys(most)
                .keyCount(page.rows().size() + page.prefixes().size())
                .isTruncated(page.last().isPresent())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.last().map(last -> kernel.tokens().seal(SCOPE + bucket.name(), last)))
                .encodingType(in.encodingType())
                .contents(contents(page, spelling, in.fetchOwner().orElse(false), restoreAsked(asked)))
                .commonPrefixes(prefixes(page, spelling));
    }

    private Scan<Entry> scan(Wish wish) {
        return Scan.of(objects.entries(), wish, entry -> entry.key().name());
    }

    private String opened(OwnedBucket bucket, String token) {
        return kernel.tokens()
                .open(SCOPE + bucket.name(), token)
                .orElseThrow(() ->
                        Refusals.argument("The continuation token provided is incorrect", "continuation-token", token));
    }

    private static boolean restoreAsked(Asked in) {
        return in.list("OptionalObjectAttributes").contains("RestoreStatus");
    }

    private List<S3.Object> contents(Scan<Entry> page, Spelling spelling, boolean owners, boolean restores) {
        return page.rows().stream()
                .map(entry -> shown(entry, spelling, owners, restores))
                .toList();
    }

    private S3.Object shown(Entry entry, Spelling spelling, boolean owner, boolean restore) {
        Entry.Shown shown = entry.shown();
        var out = new S3.Object()
                .key(spelling.of(entry.key().name()))
                .lastModified(shown.modified())
                .eTag('"' + shown.etag() + '"')
                .size(shown.size())
                .storageClass(shown.storageClass());
        int gap = shown.checksum().indexOf(' ');
        if (gap > 0) {
            out.checksumAlgorithm(List.of(shown.checksum().substring(0, gap)))
                    .checksumType(shown.checksum().substring(gap + 1));
        }
        if (owner) {
            out.owner(Canonical.owner(shown.owner()));
        }
        return restore ? out.restoreStatus(Restoring.status(shown, kernel.time().now())) : out;
    }

    static List<S3.CommonPrefix> prefixes(Scan<?> page, UnaryOperator<String> spelling) {
        return page.prefixes().stream()
                .map(prefix -> new S3.CommonPrefix().prefix(spelling.apply(prefix)))
                .toList();
    }

    private static List<S3.CommonPrefix> prefixes(Scan<?> page, Spelling spelling) {
        return prefixes(page, spelling::of);
    }
}
