package dev.cloudjar.conformance.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.util.Set;
import java.util.stream.StreamSupport;

/// DynamoDB and its streams, asked over one connection in the JSON that clients send.
public final class JsonDatabase implements AutoCloseable {
    private static final Set<String> OF_STREAMS =
            Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");

    private final Connection connection;
    private final String account;
    private final ObjectMapper mapper = new ObjectMapper();

    private JsonDatabase(Connection connection, String account) {
        this.connection = connection;
        this.account = account;
    }

    public static JsonDatabase at(int port, String account) throws IOException {
        return new JsonDatabase(Connection.to(port), account);
    }

    /// What was answered, or with what it was refused.
    public record Told(int status, JsonNode body) {
        public boolean succeeded() {
            return status == 200;
        }

        /// The error's code without what stands before it.
        public String code() {
            String type = body.path("__type").asText();
            return type.substring(type.indexOf('#') + 1);
        }

        /// Whether it met a transaction that was under way on one of its items.
        public boolean isConflict() {
            boolean cancelled = StreamSupport.stream(
                            body.path("CancellationReasons").spliterator(), false)
                    .anyMatch(reason -> reason.path("Code").asText().equals("TransactionConflict"));
            return cancelled || code().equals("TransactionConflictException");
        }

        public String message() {
            return body.path("message").asText(body.path("Message").asText());
        }

        /// The answer, to whoever has no use for a refusal.
        public JsonNode required() {
            if (!succeeded()) {
                throw new AssertionError(status + " " + body);
            }
            return body;
        }
    }

    public Told ask(String operation, String input) throws IOException {
        String version = OF_STREAMS.contains(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.";
        Answer answer = connection.exchange(Sent.post("/", "application/x-amz-json-1.0", input)
                .with("X-Amz-Target", version + operation)
                .by(account, "us-east-1", "dynamodb"));
        return new Told(answer.status(), mapper.readTree(answer.body()));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
