package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cloudjar.conformance.dynamodb.JsonDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load: every put, update, delete and transaction that was acknowledged is there afterwards,
/// none is there by half, and the stream tells exactly what the table has become.
class ItemsKillTest {
    private static final int WRITES = 2_000;
    private static final String TABLE = """
            {"TableName": "crash", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                                      {"AttributeName": "kind", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
             "GlobalSecondaryIndexes": [{"IndexName": "kinds", "Projection": {"ProjectionType": "ALL"},
                                         "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}]}],
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}}
            """;

    @RepeatedTest(2)
    void losesNothingAndLeavesNothingHalfDone(@TempDir Path data) throws IOException, InterruptedException {
        var traffic = new ItemTraffic();
        String stream;
        try (Program program = Program.start(data)) {
            stream = createTable(program.port());
            program.killAmid(WRITES, enough -> traffic.start(program.port(), enough));
        }
        try (Program again = Program.start(data);
                JsonDatabase database = JsonDatabase.at(again.port(), ItemTraffic.ACCOUNT)) {
            Map<String, JsonNode> items = scan(database, "");
            checkAcknowledged(traffic, items);
            checkWhole(items);
            assertThat(scan(database, ",\"IndexName\":\"kinds\"").keySet())
                    .isEqualTo(items.entrySet().stream()
                            .filter(item -> item.getValue().has("kind"))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()));
            assertThat(replayed(database, stream)).isEqualTo(items);
        }
    }

    private static String createTable(int port) throws IOException {
        try (JsonDatabase database = JsonDatabase.at(port, ItemTraffic.ACCOUNT)) {
            return database.ask("CreateTable", TABLE)
                    .required()
                    .at("/TableDescription/LatestStreamArn")
                    .asText();
        }
    }

    private static Map<String, JsonNode> scan(JsonDatabase database, String more) throws IOException {
        var items = new HashMap<String, JsonNode>();
        String start = "";
        do {
            JsonNode page = database.ask("Scan", "{\"TableName\":\"crash\"" + more + start + "}")
                    .required();
            page.path("Items").forEach(item -> items.put(id(item), item));
            start = page.has("LastEvaluatedKey") ? ",\"ExclusiveStartKey\":" + page.path("LastEvaluatedKey") : "";
        } while (!start.isEmpty());
        return items;
    }

    private static String id(JsonNode item) {
        return item.path("id").path("S").asText();
    }

    private static void checkAcknowledged(ItemTraffic traffic, Map<String, JsonNode> items) {
        assertThat(items.keySet())
                .containsAll(traffic.put())
                .doesNotContainAnyElementsOf(traffic.deleted())
                .containsAll(
                        traffic.paired().stream().map(pair -> pair + "-left").toList());
        assertThat(Set.of(traffic.put(), traffic.deleted(), traffic.paired())).noneMatch(Set::isEmpty);
        traffic.counted()
                .forEach((counter, times) ->
                        assertThat(number(items, counter)).as(counter).isBetween(times, times + 1));
    }

    private static int number(Map<String, JsonNode> items, String counter) {
        JsonNode item = items.get(counter);
        return item == null ? 0 : item.path("n").path("N").asInt();
    }

    /// Of a pair and its count there are all or none.
    private static void checkWhole(Map<String, JsonNode> items) {
        Set<String> left = pairs(items, "-left");
        assertThat(pairs(items, "-right")).isEqualTo(left);
        assertThat(number(items, ItemTraffic.TOTAL)).isEqualTo(left.size());
    }

    private static Set<String> pairs(Map<String, JsonNode> items, String half) {
        return items.keySet().stream()
                .filter(id -> id.endsWith(half))
                .map(id -> id.substring(0, id.length() - half.length()))
                .collect(Collectors.toSet());
    }

    /// The table that comes of doing again all that the stream tells, each change upon what it says was there.
    private static Map<String, JsonNode> replayed(JsonDatabase database, String arn) throws IOException {
        var items = new HashMap<String, JsonNode>();
        JsonNode stream = database.ask("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}")
                .required();
        for (JsonNode shard : stream.at("/StreamDescription/Shards")) {
            String iterator = database.ask(
                            "GetShardIterator",
                            "{\"StreamArn\":\"" + arn + "\",\"ShardIteratorType\":\"TRIM_HORIZON\",\"ShardId\":"
                                    + shard.path("ShardId") + "}")
                    .required()
                    .path("ShardIterator")
                    .toString();
            while (!iterator.isEmpty()) {
                JsonNode page = database.ask("GetRecords", "{\"ShardIterator\":" + iterator + "}")
                        .required();
                page.path("Records").forEach(each -> replay(items, each.path("dynamodb")));
                iterator = page.path("Records").isEmpty()
                        ? ""
                        : page.path("NextShardIterator").toString();
            }
        }
        return items;
    }

    private static void replay(Map<String, JsonNode> items, JsonNode change) {
        String id = id(change.path("Keys"));
        JsonNode before = change.has("NewImage") ? items.put(id, change.path("NewImage")) : items.remove(id);
        assertThat(change.path("OldImage")).as(id).isEqualTo(before == null ? MissingNode.getInstance() : before);
    }
}
