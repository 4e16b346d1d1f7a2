package dev.cloudjar.conformance.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Takes everything from the queue once the hidden has become visible, on several connections.
final class Drain {
    private static final int TAKERS = 8;

    private final int port;
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Collection<String> twice = new ConcurrentLinkedQueue<>();
    private final ObjectMapper mapper = new ObjectMapper();

    Drain(int port) {
        this.port = port;
    }

    /// The bodies of all messages.
    Set<String> bodies() {
        return bodies;
    }

    /// Those that were there more than once.
    Collection<String> twice() {
        return twice;
    }

    Drain run() throws IOException, InterruptedException {
        try (var connection = Connection.to(port)) {
            Traffic.require(
                    connection.exchange(Sent.post("/_cloudjar/clock", "application/json", "{\"advance\": \"2h\"}")));
        }
        List<Thread> takers = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            takers.add(Thread.startVirtualThread(this::take));
        }
        for (Thread taker : takers) {
            taker.join();
        }
        return this;
    }

    private void take() {
        try (var connection = Connection.to(port)) {
            JsonNode messages = Traffic.messages(connection, port, mapper);
            while (!messages.isEmpty()) {
                var entries = new ArrayList<String>();
                for (JsonNode message : messages) {
                    String body = message.path("Body").asText();
                    if (!bodies.add(body)) {
                        twice.add(body);
                    }
                    entries.add("{\"Id\":\"" + entries.size() + "\",\"ReceiptHandle\":" + message.path("ReceiptHandle")
                            + "}");
                }
                // AWS lets only so many be received and not deleted.
                Traffic.require(connection.exchange(Traffic.request(
                        "DeleteMessageBatch",
                        "{" + Traffic.queue(port) + ",\"Entries\":[" + String.join(",", entries) + "]}")));
                messages = Traffic.messages(connection, port, mapper);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
