package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.GlobalSecondaryIndex;
import dev.cloudjar.api.DynamoDb.LocalSecondaryIndex;
import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.api.DynamoDb.QueryOutput;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.ScanOutput;
import dev.cloudjar.api.DynamoDb.UpdateItemInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the order of puts, updates and deletes: queries of the table and of its indexes, in pages and both
/// ways, and parallel scans answer what a sorted map would. A failure names its seed, and the seed repeats it
/// exactly.
class HistoryTest {
    /// The model: value of the attribute `g` by sort key; the items of one partition.
    private final TreeMap<Integer, Integer> model = new TreeMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyHistoryAgreesWithTheModel(long seed) {
        var random = new SplittableRandom(seed);
        try (var db = Database.fresh()) {
            makeTable(db);
            for (int step = 0; step < 60; step++) {
                change(db, random);
                if (step % 10 == 9) {
                    check(db, random);
                }
            }
        }
    }

    private static void makeTable(Database db) {
        var all = new Projection().projectionType("ALL");
        db.call(Database.table("t", "p:S", "s:N")
                .tableName("tab")
                .attributeDefinitions(Database.definitions("p:S", "s:N", "g:N"))
                .globalSecondaryIndexes(List.of(new GlobalSecondaryIndex()
                        .indexName("global")
                        .keySchema(Database.schema("g:N"))
                        .projection(all)))
                .localSecondaryIndexes(List.of(new LocalSecondaryIndex()
                        .indexName("local")
                        .keySchema(Database.schema("p:S", "g:N"))
                        .projection(all))));
    }

    private void change(Database db, SplittableRandom random) {
        int sort = random.nextInt(-20, 20);
        int value = random.nextInt(4);
        switch (random.nextInt(4)) {
            case 0 -> {
                db.call(new DeleteItemInput().tableName("tab").key(item("p", "x", "s", sort)));
                model.remove(sort);
            }
            case 1 -> {
                db.call(new UpdateItemInput()
                        .tableName("tab")
                        .key(item("p", "x", "s", sort))
                        .updateExpression("ADD g :one")
                        .expressionAttributeValues(item(":one", 1)));
                model.merge(sort, 1, Integer::sum);
            }
            default -> {
                db.put("tab", "p", "x", "s", sort, "g", value);
                model.put(sort, value);
            }
        }
    }

    private void check(Database db, SplittableRandom random) {
        int low = random.nextInt(-20, 20);
        boolean forward = random.nextBoolean();
        var table = new QueryInput()
                .keyConditionExpression("p = :p AND s >= :low")
                .expressionAttributeValues(item(":p", "x", ":low", low))
                .limit(random.nextInt(1, 7));
        assertThat(sorts(db, table, forward))
                .containsExactlyElementsOf(
                        ordered(List.copyOf(model.tailMap(low).keySet()), forward));

        var local = new QueryInput()
                .indexName("local")
                .keyConditionExpression("p = :p")
                .expressionAttributeValues(item(":p", "x"))
                .limit(random.nextInt(1, 7));
        List<Integer> byValue = model.keySet().stream()
                .sorted(Comparator.comparing((Integer sort) -> model.getOrDefault(sort, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        assertThat(sorts(db, local, forward)).containsExactlyElementsOf(ordered(byValue, forward));

        int value = random.nextInt(4);
        var global = new QueryInput()
                .indexName("global")
                .keyConditionExpression("g = :g")
                .expressionAttributeValues(item(":g", value))
                .limit(random.nextInt(1, 7));
        List<Integer> having = model.keySet().stream()
                .filter(sort -> model.getOrDefault(sort, -1) == value)
                .toList();
        assertThat(sorts(db, global, forward)).containsExactlyInAnyOrderElementsOf(having);
        assertThat(scanned(db, random.nextInt(1, 5))).containsExactlyInAnyOrderElementsOf(model.keySet());
    }

    private static List<Integer> ordered(List<Integer> ascending, boolean forward) {
        return forward ? ascending : ascending.reversed();
    }

    private static List<Integer> sorts(Database db, QueryInput query, boolean forward) {
        List<Integer> found = new ArrayList<>();
        Map<String, AttributeValue> last = Map.of();
        do {
            var page = QueryInput.from(query).tableName("tab").scanIndexForward(forward);
            QueryOutput out = db.call(last.isEmpty() ? page : page.exclusiveStartKey(last));
            out.items().forEach(item -> found.add(sort(item)));
            last = out.lastEvaluatedKey();
        } while (!last.isEmpty());
        return found;
    }

    private static List<Integer> scanned(Database db, int segments) {
        List<Integer> found = new ArrayList<>();
        for (int segment = 0; segment < segments; segment++) {
            ScanOutput out =
                    db.call(new ScanInput().tableName("tab").segment(segment).totalSegments(segments));
            out.items().forEach(item -> found.add(sort(item)));
        }
        return found;
    }

    private static int sort(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .filter(each -> each.getKey().equals("s"))
                .map(each -> Integer.parseInt(each.getValue().n().orElseThrow()))
                .findFirst()
                .orElseThrow();
    }
}
