package dev.cloudjar.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Weighs the files of a store against the rows that are in it.
final class Scale {
    private final Path directory;
    private long live;
    private long most;
    private long mostBytes;

    Scale(Path directory) {
        this.directory = directory;
    }

    /// Asks the server how many bytes all rows have, by way of a snapshot that costs nothing.
    void live(int port) throws IOException {
        try (var connection = Connection.to(port)) {
            Answer saved = connection.exchange(
                    Sent.post("/_cloudjar/snapshots", "application/json", "{\"name\":\"weighed\"}"));
            Traffic.require(saved);
            live = new ObjectMapper().readTree(saved.body()).path("bytes").asLong();
            Traffic.require(
                    connection.exchange(new Sent("DELETE", "/_cloudjar/snapshots/weighed", Map.of(), new byte[0])));
        }
    }

    /// Holds the files to twice what there is, or to `floor` where that is more.
    void weigh(long floor) throws IOException {
        long size;
        try (var files = Files.list(directory)) {
            size = files.mapToLong(file -> file.toFile().length()).sum();
        }
        mostBytes = Math.max(mostBytes, size);
        most = Math.max(most, size * 100 / Math.max(1, live));
        assertThat(size).as("bytes on disk for %d of rows", live).isLessThanOrEqualTo(Math.max(2 * live, floor));
    }

    /// The most that there was, in percent of what there is.
    long most() {
        return most;
    }

    long mostBytes() {
        return mostBytes;
    }
}
