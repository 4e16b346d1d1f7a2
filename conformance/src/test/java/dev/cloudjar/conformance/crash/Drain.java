package dev.cloudjar.conformance.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Everything that can be received from the queue once the hidden has become visible.
record Drain(int port) {
    /// Adds the bodies of all messages to `bodies`, and answers those that were there before.
    List<String> into(Collection<String> bodies) throws IOException {
        var twice = new ArrayList<String>();
        try (var connection = Connection.to(port)) {
            connection.exchange(Sent.post("/_cloudjar/clock", "application/json", "{\"advance\": \"2h\"}"));
            var mapper = new ObjectMapper();
            JsonNode messages = Traffic.messages(connection, port, mapper);
            while (!messages.isEmpty()) {
                for (JsonNode message : messages) {
                    String body = message.path("Body").asText();
                    if (!bodies.add(body)) {
                        twice.add(body);
                    }
                }
                messages = Traffic.messages(connection, port, mapper);
            }
        }
        return twice;
    }
}
