package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AnalyticsConfiguration;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is read of the objects of buckets that are analysed: counted by analysis, class and age until the
/// analysis is taken.
final class Retrievals {
    /// How many GET requests there were and how many bytes they asked for.
    record Count(Key key, long requests, long bytes) implements Row<Count.Key> {
        record Key(String bucket, String id, String group) {}

        Count and(long moreRequests, long moreBytes) {
            return new Count(key, requests + moreRequests, bytes + moreBytes);
        }
    }

    private final Kernel kernel;
    private final Documents documents;
    private final Table<Count.Key, Count> counts;

    Retrievals(Parts parts) {
        this.kernel = parts.kernel();
        this.documents = parts.documents();
        this.counts = kernel.table(Count.class, Scope.WORLD);
    }

    /// Counts that so many bytes of a version were asked for.
    void note(OwnedBucket bucket, Version version, long bytes) {
        if (!bucket.has(SeveralConfigurations.ANALYTICS)) {
            return;
        }
        Instant now = kernel.time().now();
        kernel.transact(() -> {
            for (Documents.Document document : documents.all(bucket, SeveralConfigurations.ANALYTICS)) {
                var wanted = StructJson.read(document.json(), new AnalyticsConfiguration());
                if (ObjectFilter.of(wanted.filter()).takes(version)) {
                    Analysis.groups(version, now).forEach(group -> add(bucket, wanted.id(), group, bytes));
                }
            }
            return bytes;
        });
    }

    private void add(OwnedBucket bucket, String id, String group, long bytes) {
        var key = new Count.Key(bucket.name(), id, group);
        counts.put(counts.find(key).orElse(new Count(key, 0, 0)).and(1, bytes));
    }

    /// What was counted for an analysis since this was asked last, by group.
    Map<String, Count> take(String bucket, String id) {
        List<Count> all = counts.rows(Span.under(bucket, id)).toList();
        Map<String, Count> byGroup = new HashMap<>();
        all.forEach(count -> {
            byGroup.put(count.key().group(), count);
            counts.remove(count.key());
        });
        return byGroup;
    }
}
