package dev.cloudjar.conformance.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudjar.conformance.dynamodb.JsonDatabase.Told;
import dev.cloudjar.kernel.store.Chronology.Done;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// One client of a handful of items that everybody writes to. Each item has the list `l` of the writes it has
/// seen: whoever writes appends itself, at once or on the condition that the list is as it was last seen. What
/// each request read and wrote goes into the history.
final class HotItems {
    static final int ITEMS = 6;
    static final String TABLE = "hot";

    private final JsonDatabase database;
    private final SplittableRandom random;
    private final AtomicInteger numbers;
    private final Queue<Done> history;

    /// What each item's list was when this client saw it last.
    private final int[][] seen = new int[ITEMS][0];

    /// What all clients write down together: numbers that tell before from after, and what they did.
    record Shared(AtomicInteger numbers, Queue<Done> history) {
        Shared() {
            this(new AtomicInteger(), new ConcurrentLinkedQueue<>());
        }
    }

    HotItems(JsonDatabase database, SplittableRandom random, Shared shared) {
        this.database = database;
        this.random = random;
        this.numbers = shared.numbers();
        this.history = shared.history();
    }

    void step() throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> append(random.nextInt(ITEMS));
            case 1 -> appendIfUnchanged(random.nextInt(ITEMS));
            case 2 -> replaceIfUnchanged(random.nextInt(ITEMS));
            case 3 -> getTogether();
            case 4, 5 -> writeTogether();
            default -> query();
        }
    }

    /// A request that is one transaction, and what came of it.
    private record Asked(int id, int begun, Told told, int ended) {
        Done done(Map<Integer, int[]> read, Set<Integer> written) {
            return new Done(id, begun, ended, read, written);
        }
    }

    /// Asks again and again for what meets a transaction under way.
    private Asked ask(int id, String operation, ObjectNode input) throws IOException {
        while (true) {
            int begun = numbers.incrementAndGet();
            Told told = database.ask(operation, input.toString());
            if (!told.isConflict()) {
                return new Asked(id, begun, told, numbers.incrementAndGet());
            }
        }
    }

    private void append(int item) throws IOException {
        int id = numbers.incrementAndGet();
        Asked asked = ask(id, "UpdateItem", appending(target(item), id).put("ReturnValues", "ALL_OLD"));
        int[] read = saw(item, asked.told().required().path("Attributes"));
        history.add(asked.done(Map.of(item, read), Set.of(item)));
    }

    private void appendIfUnchanged(int item) throws IOException {
        int id = numbers.incrementAndGet();
        write(item, ask(id, "UpdateItem", guarded(appending(target(item), id), item)));
    }

    private void replaceIfUnchanged(int item) throws IOException {
        int id = numbers.incrementAndGet();
        int[] next = Arrays.copyOf(seen[item], seen[item].length + 1);
        next[seen[item].length] = id;
        ObjectNode put = object().put("TableName", TABLE);
        put.set("Item", key(item).set("l", list(next)));
        write(item, ask(id, "PutItem", guarded(put, item)));
    }

    /// A write that was made if the item was as it had been seen; else it tells how the item is.
    private void write(int item, Asked asked) {
        if (asked.told().succeeded()) {
            history.add(asked.done(Map.of(item, seen[item]), Set.of(item)));
            return;
        }
        require(asked.told(), "ConditionalCheckFailedException");
        int[] found = saw(item, asked.told().body().path("Item"));
        history.add(asked.done(Map.of(item, found), Set.of()));
    }

    private void getTogether() throws IOException {
        int[] items = some();
        ObjectNode input = object();
        ArrayNode gets = input.putArray("TransactItems");
        Arrays.stream(items).forEach(item -> gets.addObject().set("Get", target(item)));
        Asked asked = ask(numbers.incrementAndGet(), "TransactGetItems", input);
        JsonNode responses = asked.told().required().path("Responses");
        var read = new HashMap<Integer, int[]>();
        for (int i = 0; i < items.length; i++) {
            read.put(items[i], saw(items[i], responses.path(i).path("Item")));
        }
        history.add(asked.done(read, Set.of()));
    }

    private void query() throws IOException {
        Asked asked = ask(numbers.incrementAndGet(), "Query", all());
        var read = new HashMap<Integer, int[]>();
        IntStream.range(0, ITEMS).forEach(item -> read.put(item, new int[0]));
        for (JsonNode found : asked.told().required().path("Items")) {
            int item = found.path("k").path("N").asInt();
            read.put(item, saw(item, found));
        }
        history.add(asked.done(read, Set.of()));
    }

    /// Appends to some items, of which others, or the same, must be as they were seen.
    private void writeTogether() throws IOException {
        int id = numbers.incrementAndGet();
        int[] items = some();
        ObjectNode input = object();
        ArrayNode actions = input.putArray("TransactItems");
        var read = new HashMap<Integer, int[]>();
        var written = new HashSet<Integer>();
        for (int item : items) {
            int kind = random.nextInt(3);
            ObjectNode action = kind < 2 ? appending(target(item), id) : target(item);
            actions.addObject().set(kind < 2 ? "Update" : "ConditionCheck", kind > 0 ? guarded(action, item) : action);
            if (kind > 0) {
                read.put(item, seen[item]);
            }
            if (kind < 2) {
                written.add(item);
            }
        }
        Asked asked = ask(id, "TransactWriteItems", input);
        if (asked.told().succeeded()) {
            history.add(asked.done(read, written));
        } else {
            cancelled(items, asked);
        }
    }

    /// Each item that was not as it had been seen is told as it was, on its own.
    private void cancelled(int[] items, Asked asked) {
        require(asked.told(), "TransactionCanceledException");
        JsonNode reasons = asked.told().body().path("CancellationReasons");
        for (int i = 0; i < items.length; i++) {
            if (reasons.path(i).path("Code").asText().equals("ConditionalCheckFailed")) {
                int[] found = saw(items[i], reasons.path(i).path("Item"));
                history.add(new Done(
                        numbers.incrementAndGet(), asked.begun(), asked.ended(), Map.of(items[i], found), Set.of()));
            }
        }
    }

    private static void require(Told told, String code) {
        if (!told.code().equals(code)) {
            throw new AssertionError(told.status() + " " + told.body());
        }
    }

    private int[] some() {
        return random.ints(3, 0, ITEMS).distinct().toArray();
    }

    private int[] saw(int item, JsonNode attributes) {
        seen[item] = numbers(attributes);
        return seen[item];
    }

    static int[] numbers(JsonNode attributes) {
        return StreamSupport.stream(attributes.path("l").path("L").spliterator(), false)
                .mapToInt(number -> number.path("N").asInt())
                .toArray();
    }

    static ObjectNode all() {
        ObjectNode query =
                object().put("TableName", TABLE).put("ConsistentRead", true).put("KeyConditionExpression", "p = :p");
        query.putObject("ExpressionAttributeValues").putObject(":p").put("S", "p");
        return query;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode target(int item) {
        return object().put("TableName", TABLE).set("Key", key(item));
    }

    private static ObjectNode key(int item) {
        ObjectNode key = object();
        key.putObject("p").put("S", "p");
        key.putObject("k").put("N", Integer.toString(item));
        return key;
    }

    private static ObjectNode list(int... numbers) {
        ObjectNode value = object();
        ArrayNode list = value.putArray("L");
        Arrays.stream(numbers).forEach(number -> list.addObject().put("N", Integer.toString(number)));
        return value;
    }

    private static ObjectNode appending(ObjectNode action, int id) {
        action.put("UpdateExpression", "SET l = list_append(if_not_exists(l, :none), :me)");
        action.putObject("ExpressionAttributeValues")
                .<ObjectNode>set(":none", list())
                .set(":me", list(id));
        return action;
    }

    private ObjectNode guarded(ObjectNode action, int item) {
        action.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        if (seen[item].length == 0) {
            return action.put("ConditionExpression", "attribute_not_exists(l)");
        }
        action.withObjectProperty("ExpressionAttributeValues").set(":seen", list(seen[item]));
        return action.put("ConditionExpression", "l = :seen");
    }
}
