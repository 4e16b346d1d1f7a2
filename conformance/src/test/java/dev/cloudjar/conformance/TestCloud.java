package dev.cloudjar.conformance;

import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.kernel.World;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// What a test class sees of the cloud: an address and an account of its own.
public record TestCloud(RunningServer server, String account) {
    public static final String REGION = "us-east-1";

    public URI endpoint() {
        return URI.create("http://localhost:" + server.port());
    }

    public World world() {
        return server.world().orElseThrow();
    }

    /// Moves the clock on, for a class that has a cloud of its own.
    public void advance(Duration duration) {
        server.world().ifPresent(world -> world.advanceClock(duration));
    }

    /// Sends one request on a connection of its own.
    public Answer exchange(Sent request) throws IOException {
        try (var connection = Connection.to(server.port())) {
            return connection.exchange(request);
        }
    }
}
