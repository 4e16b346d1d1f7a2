package dev.cloudjar.conformance.every;

import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;

/// One request after another on a connection that is kept for as long as the server keeps it.
final class Lane implements AutoCloseable {
    private final int port;
    private Connection connection;

    Lane(int port) throws IOException {
        this.port = port;
        this.connection = Connection.to(port);
    }

    Answer exchange(Sent request) throws IOException {
        try {
            Answer answer = connection.exchange(request);
            if (answer.field("connection").equals("close")) {
                reconnect();
            }
            return answer;
        } catch (IOException lost) {
            reconnect();
            throw lost;
        }
    }

    private void reconnect() throws IOException {
        connection.close();
        connection = Connection.to(port);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
