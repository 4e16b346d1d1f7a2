package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDbStreams;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Sizes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The records of a shard: GetShardIterator and GetRecords.
final class StreamReads implements DynamoDbStreams {
    private static final Duration ITERATOR_LIFE = Duration.ofMinutes(15);
    private static final int MOST = 1000;
    private static final long LARGEST = 1 << 20;
    private static final String SCOPE = "dynamodb.iterator";

    private final Kernel kernel;
    private final Streams streams;
    private final Changes changes;
    private final Shelf<DynamoTable> tables;
    private final TableKeys keys;

    StreamReads(Kernel kernel, Streams streams, Changes changes) {
        this.kernel = kernel;
        this.streams = streams;
        this.changes = changes;
        this.tables = kernel.shelf(DynamoTable.KIND);
        this.keys = new TableKeys(kernel);
    }

    /// Where to go on reading: the number of the next change of a window, and when that was said.
    private record Place(TableStream.Key stream, long window, long next, Instant said) {
        String content() {
            return String.join(
                    "|",
                    stream.table(),
                    stream.label(),
                    Long.toString(window),
                    Long.toString(next),
                    Long.toString(said.toEpochMilli()));
        }

        static Place parse(String content) {
            String[] parts = content.split("\\|", 5);
            return new Place(
                    new TableStream.Key(parts[0], parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Instant.ofEpochMilli(Long.parseLong(parts[4])));
        }
    }

    private String iterator(TableStream stream, Place place) {
        return stream.arn() + "|1|" + kernel.tokens().seal(SCOPE, place.content());
    }

    @Override
    public GetShardIteratorOutput getShardIterator(GetShardIteratorInput in) {
        TableStream stream = streams.find(StreamListing.key(in.streamArn()))
                .orElseThrow(() -> StreamListing.missing(in.streamArn()));
        Instant now = kernel.time().now();
        var shards = new Shards(stream, now);
        long window = shards.window(in.shardId())
                .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because(
                        "Requested resource not found: Shard: %s in Stream: %s not found",
                        in.shardId(), in.streamArn()));
        long next = switch (in.shardIteratorType()) {
            case "LATEST" -> changes.end(stream.lot()).sequence() + 1;
            case "AT_SEQUENCE_NUMBER" -> numbered(in, window, now);
            case "AFTER_SEQUENCE_NUMBER" -> numbered(in, window, now) + 1;
            default -> stream.first();
        };
        var place = new Place(stream.key(), window, Math.max(next, stream.first()), now);
        return new GetShardIteratorOutput().shardIterator(iterator(stream, place));
    }

    private static long numbered(GetShardIteratorInput in, long window, Instant now) {
        String number = in.sequenceNumber()
                .orElseThrow(() -> Refusals.invalid(
                        "1 validation error detected: SequenceNumber must be specified for ShardIteratorType %s",
                        in.shardIteratorType()));
        if (window < Changes.window(now.minus(Changes.STREAMED))) {
            throw TRIMMED_DATA_ACCESS_EXCEPTION.because(
                    "The operation attempted to read past the oldest stream record in a shard.");
        }
        return Shards.sequence(number, window)
                .orElseThrow(() -> Refusals.invalid(
                        "Invalid SequenceNumber: %s is not a valid sequence number of the shard", number));
    }

    @Override
    public GetRecordsOutput getRecords(GetRecordsInput in) {
        int limit = in.limit().orElse(MOST);
        if (limit > MOST) {
            throw Refusals.invalid(
                    "1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must have"
                            + " value less than or equal to 1000",
                    limit);
        }
        Instant now = kernel.time().now();
        Place place = open(in.shardIterator());
        if (place.said().plus(ITERATOR_LIFE).isBefore(now)) {
            throw EXPIRED_ITERATOR_EXCEPTION.because(
                    "Iterator expired. The iterator was created at time %s while now"
                            + " it is %s which is further in the future than the tolerated delay of 900000 milliseconds.",
                    place.said(), now);
        }
        TableStream stream = streams.find(place.stream())
                .orElseThrow(
                        () -> RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: Stream not found"));
        checkKey(stream);
        List<Changes.Change> found = read(stream, place, limit, now);
        boolean all = found.size() < limit && new Shards(stream, now).isClosed(place.window());
        var out = new GetRecordsOutput()
                .records(found.stream().map(change -> record(stream, change)).toList());
        if (all && isRead(stream, place, found)) {
            return out;
        }
        long next = found.isEmpty() ? place.next() : found.getLast().key().sequence() + 1;
        return out.nextShardIterator(iterator(stream, new Place(place.stream(), place.window(), next, now)));
    }

    /// A stream is encrypted by the key of its table.
    private void checkKey(TableStream stream) {
        tables.find(stream.key().table())
                .filter(table -> table.log().equals(stream.lot()))
                .ifPresent(keys::check);
    }

    private Place open(String iterator) {
        String token = iterator.substring(iterator.lastIndexOf('|') + 1);
        return kernel.tokens()
                .open(SCOPE, token)
                .map(Place::parse)
                .orElseThrow(() -> Refusals.invalid("Invalid ShardIterator: The iterator is malformed"));
    }

    private List<Changes.Change> read(TableStream stream, Place place, int limit, Instant now) {
        List<Changes.Change> found = new ArrayList<>();
        Instant oldest = now.minus(Changes.STREAMED);
        long last = stream.close().map(TableStream.Close::last).orElse(Long.MAX_VALUE);
        Iterator<Changes.Change> all =
                changes.in(stream.lot(), place.window(), place.next()).iterator();
        long size = 0;
        while (found.size() < limit && size < LARGEST && all.hasNext()) {
            Changes.Change change = all.next();
            if (change.key().sequence() > last) {
                return found;
            }
            if (!change.at().isBefore(oldest)) {
                found.add(change);
                size += change.before().size() + (long) change.after().size();
            }
        }
        return found;
    }

    /// Whether nothing of the shard is left.
    private boolean isRead(TableStream stream, Place place, List<Changes.Change> found) {
        long next = found.isEmpty() ? place.next() : found.getLast().key().sequence() + 1;
        long last = stream.close().map(TableStream.Close::last).orElse(Long.MAX_VALUE);
        return changes.in(stream.lot(), place.window(), next)
                .findFirst()
                .filter(change -> change.key().sequence() <= last)
                .isEmpty();
    }

    private static Record record(TableStream stream, Changes.Change change) {
        Map<String, Value> before = change.old();
        Map<String, Value> after = change.fresh();
        Map<String, Value> keys = stream.schema().of(before.isEmpty() ? after : before);
        boolean old = stream.viewType().equals("OLD_IMAGE") || stream.viewType().equals("NEW_AND_OLD_IMAGES");
        boolean fresh =
                stream.viewType().equals("NEW_IMAGE") || stream.viewType().equals("NEW_AND_OLD_IMAGES");
        int size = Sizes.of(keys);
        var content = new StreamRecord()
                .approximateCreationDateTime(change.at().truncatedTo(ChronoUnit.SECONDS))
                .keys(AttributeValues.write(keys, AttributeValue::new))
                .sequenceNumber(
                        Shards.number(change.key().window(), change.key().sequence()))
                .streamViewType(stream.viewType());
        if (fresh && !after.isEmpty()) {
            content.newImage(AttributeValues.write(after, AttributeValue::new));
            size += Sizes.of(after);
        }
        if (old && !before.isEmpty()) {
            content.oldImage(AttributeValues.write(before, AttributeValue::new));
            size += Sizes.of(before);
        }
        var record = new Record()
                .eventId(String.format(
                        Locale.ROOT,
                        "%016x%016x",
                        stream.lot().number(),
                        change.key().sequence()))
                .eventName(before.isEmpty() ? "INSERT" : after.isEmpty() ? "REMOVE" : "MODIFY")
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion(Call.current().region())
                .dynamodb(content.sizeBytes(size));
        return change.byService()
                ? record.userIdentity(new Identity().type("Service").principalId("dynamodb.amazonaws.com"))
                : record;
    }
}
