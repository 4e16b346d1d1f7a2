package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.CreateTableOutput;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.DeleteTableInput;
import dev.cloudjar.api.DynamoDb.StreamSpecification;
import dev.cloudjar.api.DynamoDb.TimeToLiveSpecification;
import dev.cloudjar.api.DynamoDb.UpdateTimeToLiveInput;
import dev.cloudjar.api.DynamoDbStreams.DescribeStreamInput;
import dev.cloudjar.api.DynamoDbStreams.DescribeStreamOutput;
import dev.cloudjar.api.DynamoDbStreams.GetRecordsInput;
import dev.cloudjar.api.DynamoDbStreams.GetRecordsOutput;
import dev.cloudjar.api.DynamoDbStreams.GetShardIteratorInput;
import dev.cloudjar.api.DynamoDbStreams.GetShardIteratorOutput;
import dev.cloudjar.api.DynamoDbStreams.Record;
import dev.cloudjar.api.DynamoDbStreams.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What has changed is written down once, in order, and lasts a day; what ends by itself leaves a trace, too.
class StreamTest {
    @AutoClose
    private final Database db = Database.fresh();

    private static String create(Database db, String view) {
        var stream = new StreamSpecification().streamEnabled(true).streamViewType(view);
        CreateTableOutput made = db.call(table("log", "id:S").streamSpecification(stream));
        return made.tableDescription().orElseThrow().latestStreamArn().orElseThrow();
    }

    private static List<Shard> shards(Database db, String arn) {
        DescribeStreamOutput described = db.call(new DescribeStreamInput().streamArn(arn));
        return described.streamDescription().orElseThrow().shards();
    }

    private static List<Record> records(Database db, String arn) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : shards(db, arn)) {
            GetShardIteratorOutput iterator = db.call(new GetShardIteratorInput()
                    .streamArn(arn)
                    .shardId(shard.shardId().orElseThrow())
                    .shardIteratorType("TRIM_HORIZON"));
            GetRecordsOutput read = db.call(
                    new GetRecordsInput().shardIterator(iterator.shardIterator().orElseThrow()));
            records.addAll(read.records());
        }
        return records;
    }

    @Test
    void everyChangeIsOneRecordAndNoChangeIsNone() {
        String arn = create(db, "NEW_AND_OLD_IMAGES");
        db.put("log", "id", "a", "n", 1);
        db.put("log", "id", "a", "n", 1);
        db.put("log", "id", "a", "n", 2);
        db.call(new DeleteItemInput().tableName("log").key(item("id", "a")));
        db.call(new DeleteItemInput().tableName("log").key(item("id", "a")));

        List<Record> records = records(db, arn);

        assertThat(records)
                .extracting(each -> each.eventName().orElse(""))
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        assertThat(records)
                .extracting(
                        each -> each.dynamodb().orElseThrow().sequenceNumber().orElseThrow())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(records.get(1).dynamodb().orElseThrow().oldImage()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"KEYS_ONLY,false,false", "NEW_IMAGE,true,false", "OLD_IMAGE,false,true", "NEW_AND_OLD_IMAGES,true,true"
    })
    void aStreamShowsTheImagesOfItsView(String view, boolean fresh, boolean old) {
        String arn = create(db, view);
        db.put("log", "id", "a", "n", 1);
        db.put("log", "id", "a", "n", 2);

        var change = records(db, arn).getLast().dynamodb().orElseThrow();

        assertThat(change.keys()).hasSize(1);
        assertThat(change.hasNewImage()).isEqualTo(fresh);
        assertThat(change.hasOldImage()).isEqualTo(old);
    }

    @Test
    void shardsFollowOneAnotherAndRecordsLastADay() {
        String arn = create(db, "KEYS_ONLY");
        db.put("log", "id", "a");
        db.pass(Duration.ofHours(5));
        db.put("log", "id", "b");

        List<Shard> shards = shards(db, arn);
        assertThat(shards).hasSizeGreaterThan(1);
        assertThat(shards.getLast().parentShardId())
                .isEqualTo(shards.get(shards.size() - 2).shardId());
        assertThat(records(db, arn)).hasSize(2);

        db.pass(Duration.ofHours(20));
        assertThat(records(db, arn)).hasSize(1);
    }

    @Test
    void anIteratorLastsAQuarterOfAnHour() {
        String arn = create(db, "KEYS_ONLY");
        GetShardIteratorOutput iterator = db.call(new GetShardIteratorInput()
                .streamArn(arn)
                .shardId(shards(db, arn).getFirst().shardId().orElseThrow())
                .shardIteratorType("LATEST"));
        var request =
                new GetRecordsInput().shardIterator(iterator.shardIterator().orElseThrow());

        db.pass(Duration.ofMinutes(14));
        assertThat(db.refusal(request)).isEqualTo("not refused");
        db.pass(Duration.ofMinutes(2));
        assertThat(db.refusal(request)).startsWith("ExpiredIteratorException");
    }

    @Test
    void anItemWhoseTimeIsOverIsGoneAndItsRecordSaysWhoTookIt() {
        String arn = create(db, "OLD_IMAGE");
        int end = (int) db.world().time().now().getEpochSecond() + 100;
        db.put("log", "id", "before", "end", end);
        db.call(new UpdateTimeToLiveInput()
                .tableName("log")
                .timeToLiveSpecification(
                        new TimeToLiveSpecification().enabled(true).attributeName("end")));
        db.put("log", "id", "after", "end", end);
        db.put("log", "id", "stays", "end", "never");
        assertThat(db.get("log", "id", "after")).isNotEmpty();

        db.pass(Duration.ofSeconds(101));
        assertThat(db.get("log", "id", "before")).isEmpty();
        assertThat(db.get("log", "id", "after")).isEmpty();
        assertThat(db.get("log", "id", "stays")).isNotEmpty();

        db.pass(Duration.ofMinutes(2));
        List<Record> removed = records(db, arn).stream()
                .filter(each -> each.eventName().filter("REMOVE"::equals).isPresent())
                .toList();
        assertThat(removed).hasSize(2);
        assertThat(removed.getFirst().userIdentity().orElseThrow().principalId())
                .contains("dynamodb.amazonaws.com");
    }

    @Test
    void aStreamOutlivesItsTableByADay() {
        String arn = create(db, "KEYS_ONLY");
        db.put("log", "id", "a");
        db.call(new DeleteTableInput().tableName("log"));

        db.pass(Duration.ofHours(1));
        assertThat(records(db, arn)).hasSize(1);
        db.pass(Duration.ofHours(24));
        assertThat(db.refusal(new DescribeStreamInput().streamArn(arn))).startsWith("ResourceNotFoundException");
    }

    @Test
    void tablesItemsAndStreamsLastThroughARestart(@TempDir Path directory) {
        String arn;
        try (var first = Database.open(directory)) {
            arn = create(first, "NEW_IMAGE");
            first.put("log", "id", "a", "n", 1);
        }
        try (var second = Database.open(directory)) {
            assertThat(second.get("log", "id", "a")).isEqualTo(item("id", "a", "n", 1));
            second.put("log", "id", "b", "n", 2);
            assertThat(records(second, arn)).hasSize(2);
        }
    }
}
