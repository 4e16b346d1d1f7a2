package dev.cloudjar.conformance.crash;

import dev.cloudjar.conformance.dynamodb.JsonDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Writers of all kinds on one table that go on until the server is gone, and remember what they were told.
final class ItemTraffic {
    static final String ACCOUNT = "444444444444";
    static final String TOTAL = "total";

    private static final int EACH = 12;

    /// What was acknowledged: items put, items deleted, pairs put in one transaction, and additions by counter.
    private final Set<String> put = ConcurrentHashMap.newKeySet();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Set<String> paired = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> counted = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    Set<String> put() {
        return put;
    }

    Set<String> deleted() {
        return deleted;
    }

    Set<String> paired() {
        return paired;
    }

    Map<String, Integer> counted() {
        return counted;
    }

    /// Starts everybody; `enough` opens once as many writes were acknowledged as it counts down.
    List<Thread> start(int port, CountDownLatch enough) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < EACH; i++) {
            String counter = "counter-" + i;
            List<Work> works = List.of(this::put, database -> count(database, counter), this::delete, this::pair);
            for (Work work : works) {
                threads.add(Thread.startVirtualThread(() -> untilGone(port, work, enough)));
            }
        }
        return threads;
    }

    /// Something to be done over and over.
    private interface Work {
        void once(JsonDatabase database) throws IOException;
    }

    private static void untilGone(int port, Work work, CountDownLatch enough) {
        try (JsonDatabase database = JsonDatabase.at(port, ACCOUNT)) {
            while (true) {
                work.once(database);
                enough.countDown();
            }
        } catch (IOException gone) {
            // The server was killed: this is the end that the traffic runs towards.
            Thread.currentThread().interrupt();
        }
    }

    private String next(String kind) {
        return kind + "-" + numbers.incrementAndGet();
    }

    private static String item(String id) {
        return "\"TableName\":\"crash\",\"Item\":{\"id\":{\"S\":\"" + id + "\"},\"kind\":{\"S\":\""
                + id.substring(0, id.indexOf('-')) + "\"}}";
    }

    private static String key(String id) {
        return "\"TableName\":\"crash\",\"Key\":{\"id\":{\"S\":\"" + id + "\"}}";
    }

    private static String adding(String id) {
        return "{" + key(id)
                + ",\"UpdateExpression\":\"ADD n :one\",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}";
    }

    private void put(JsonDatabase database) throws IOException {
        String id = next("put");
        database.ask("PutItem", "{" + item(id) + "}").required();
        put.add(id);
    }

    private void count(JsonDatabase database, String counter) throws IOException {
        database.ask("UpdateItem", adding(counter)).required();
        counted.merge(counter, 1, Integer::sum);
    }

    private void delete(JsonDatabase database) throws IOException {
        String id = next("delete");
        database.ask("PutItem", "{" + item(id) + "}").required();
        database.ask("DeleteItem", "{" + key(id) + "}").required();
        deleted.add(id);
    }

    private void pair(JsonDatabase database) throws IOException {
        String id = next("pair");
        String actions = "{\"Put\":{" + item(id + "-left") + "}},{\"Put\":{" + item(id + "-right") + "}},{\"Update\":"
                + adding(TOTAL) + "}";
        JsonDatabase.Told told;
        do {
            told = database.ask("TransactWriteItems", "{\"TransactItems\":[" + actions + "]}");
        } while (told.isConflict());
        told.required();
        paired.add(id);
    }
}
