package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDbStreams;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Optional;

/// Streams and their shards: ListStreams and DescribeStream.
final class StreamListing implements DynamoDbStreams {
    private static final int MOST = 100;

    private final Kernel kernel;
    private final Streams streams;
    private final Changes changes;

    StreamListing(Kernel kernel, Streams streams, Changes changes) {
        this.kernel = kernel;
        this.streams = streams;
        this.changes = changes;
    }

    @Override
    public ListStreamsOutput listStreams(ListStreamsInput in) {
        int limit = Math.min(in.limit().orElse(MOST), MOST);
        Span table = in.tableName().map(TableNames::of).map(Span::under).orElse(Span.ALL);
        Optional<TableStream.Key> start = in.exclusiveStartStreamArn().map(StreamListing::key);
        List<TableStream> found = streams.from(table)
                .filter(row -> start.filter(after -> !isAfter(row.key(), after)).isEmpty())
                .limit(limit + 1L)
                .toList();
        List<TableStream> page = found.subList(0, Math.min(limit, found.size()));
        var out = new ListStreamsOutput()
                .streams(page.stream()
                        .map(row -> new DynamoDbStreams.Stream()
                                .streamArn(row.arn().toString())
                                .tableName(row.key().table())
                                .streamLabel(row.key().label()))
                        .toList());
        return found.size() > limit
                ? out.lastEvaluatedStreamArn(page.getLast().arn().toString())
                : out;
    }

    private static boolean isAfter(TableStream.Key key, TableStream.Key other) {
        int order = key.table().compareTo(other.table());
        return order > 0 || order == 0 && key.label().compareTo(other.label()) > 0;
    }

    /// Table and label in the ARN of a stream.
    static TableStream.Key key(String arn) {
        String[] parts = Arn.parse(arn).map(Arn::resource).orElse("").split("/", 4);
        if (parts.length < 4 || !parts[0].equals("table") || !parts[2].equals("stream")) {
            throw missing(arn);
        }
        return new TableStream.Key(parts[1], parts[3]);
    }

    static AwsError missing(String arn) {
        return RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: Stream: %s not found", arn);
    }

    @Override
    public DescribeStreamOutput describeStream(DescribeStreamInput in) {
        TableStream stream = streams.find(key(in.streamArn())).orElseThrow(() -> missing(in.streamArn()));
        var shards = new Shards(stream, kernel.time().now());
        int limit = Math.min(in.limit().orElse(MOST), MOST);
        List<Long> windows = shards.windows().stream()
                .filter(window -> in.exclusiveStartShardId()
                        .filter(start -> shards.id(window).compareTo(start) <= 0)
                        .isEmpty())
                .filter(window -> isWanted(in, shards, window))
                .toList();
        List<Long> page = windows.subList(0, Math.min(limit, windows.size()));
        var description = new StreamDescription()
                .streamArn(in.streamArn())
                .streamLabel(stream.key().label())
                .streamStatus(stream.close().isPresent() ? "DISABLED" : "ENABLED")
                .streamViewType(stream.viewType())
                .creationRequestDateTime(stream.created())
                .tableName(stream.key().table())
                .keySchema(stream.schema().describe().stream()
                        .map(KeySchemaElement::from)
                        .toList())
                .shards(page.stream().map(window -> shard(shards, window)).toList());
        if (windows.size() > limit) {
            description.lastEvaluatedShardId(shards.id(page.getLast()));
        }
        return new DescribeStreamOutput().streamDescription(description);
    }

    private static boolean isWanted(DescribeStreamInput in, Shards shards, long window) {
        return in.shardFilter()
                .flatMap(ShardFilter::shardId)
                .filter(parent -> shards.parent(window).filter(parent::equals).isEmpty())
                .isEmpty();
    }

    private Shard shard(Shards shards, long window) {
        TableStream stream = shards.stream();
        long first = changes.in(stream.lot(), window, stream.first())
                .findFirst()
                .map(change -> change.key().sequence())
                .orElse(0L);
        var range = new SequenceNumberRange().startingSequenceNumber(Shards.number(window, first));
        if (shards.isClosed(window)) {
            long last = changes.last(stream.lot(), window)
                    .map(change -> change.key().sequence())
                    .orElse(0L);
            long end = stream.close().map(close -> Math.min(close.last(), last)).orElse(last);
            range.endingSequenceNumber(Shards.number(window, Math.max(end, first)));
        }
        return new Shard()
                .shardId(shards.id(window))
                .parentShardId(shards.parent(window))
                .sequenceNumberRange(range);
    }
}
