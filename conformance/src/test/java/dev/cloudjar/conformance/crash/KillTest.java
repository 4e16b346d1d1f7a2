package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load: every message that was acknowledged is there afterwards, once, unless its deletion was
/// asked for; none comes back whose deletion was acknowledged.
class KillTest {
    private static final int MESSAGES = 2_000;

    @RepeatedTest(3)
    void losesNothingAndBringsNothingBack(@TempDir Path data) throws IOException, InterruptedException {
        var traffic = new Traffic();
        try (Program program = Program.start(data)) {
            createQueue(program.port());
            program.killAmid(MESSAGES, enough -> traffic.start(program.port(), enough));
        }
        try (Program again = Program.start(data)) {
            check(traffic, drain(again.port()));
        }
    }

    private static void createQueue(int port) throws IOException {
        try (var connection = Connection.to(port)) {
            Traffic.require(connection.exchange(Traffic.request("CreateQueue", "{\"QueueName\":\"crash\"}")));
        }
    }

    /// Everything that can be received once the hidden has become visible.
    private static List<String> drain(int port) throws IOException {
        var bodies = new ArrayList<String>();
        try (var connection = Connection.to(port)) {
            connection.exchange(Sent.post("/_cloudjar/clock", "application/json", "{\"advance\": \"2h\"}"));
            var mapper = new ObjectMapper();
            JsonNode messages = Traffic.messages(connection, port, mapper);
            while (!messages.isEmpty()) {
                messages.forEach(message -> bodies.add(message.path("Body").asText()));
                messages = Traffic.messages(connection, port, mapper);
            }
        }
        return bodies;
    }

    private static void check(Traffic traffic, List<String> found) {
        assertThat(found).doesNotHaveDuplicates().doesNotContainAnyElementsOf(traffic.deleted());
        var owed = new HashSet<>(traffic.sent());
        owed.removeAll(traffic.deletionAsked());
        assertThat(found).containsAll(owed);
        assertThat(traffic.deleted()).isNotEmpty();
    }
}
