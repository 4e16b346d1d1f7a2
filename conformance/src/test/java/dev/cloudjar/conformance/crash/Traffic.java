package dev.cloudjar.conformance.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Senders and receivers on one queue that go on until the server is gone, and remember what they were told.
final class Traffic {
    private static final int SENDERS = 64;
    private static final int RECEIVERS = 8;
    private static final int FILLERS = 20;
    private static final int BATCH = 10;

    /// What was acknowledged, by body. A deletion that was asked for but not acknowledged may have happened or
    /// not.
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    private final Set<String> deletionAsked = ConcurrentHashMap.newKeySet();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Set<String> takenTwice = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final CountDownLatch oneDeleted = new CountDownLatch(1);
    private final AtomicInteger numbers = new AtomicInteger();
    private final ObjectMapper mapper = new ObjectMapper();

    Set<String> sent() {
        return sent;
    }

    Set<String> deletionAsked() {
        return deletionAsked;
    }

    Set<String> deleted() {
        return deleted;
    }

    /// What was received again although it was hidden.
    Set<String> takenTwice() {
        return takenTwice;
    }

    /// What was answered with anything but success while the server was there; nobody goes on after that.
    Set<String> refused() {
        return refused;
    }

    /// Waits for the first acknowledged deletion.
    boolean awaitDeletion(int seconds) throws InterruptedException {
        return oneDeleted.await(seconds, TimeUnit.SECONDS);
    }

    static Sent request(String operation, String body) {
        return Sent.post("/", "application/x-amz-json-1.0", body)
                .with("X-Amz-Target", "AmazonSQS." + operation)
                .by("333333333333", "us-east-1", "sqs");
    }

    static String queue(int port) {
        return "\"QueueUrl\":\"http://localhost:" + port + "/333333333333/crash\"";
    }

    void createQueue(int port) throws IOException {
        try (var connection = Connection.to(port)) {
            require(connection.exchange(request("CreateQueue", "{\"QueueName\":\"crash\"}")));
        }
    }

    /// Sends `messages` of them, ten at a time, and returns once all were acknowledged.
    void fill(int port, int messages) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < FILLERS; i++) {
            threads.add(Thread.startVirtualThread(() -> fill(port, messages / FILLERS / BATCH, BATCH)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (sent.size() < messages / FILLERS / BATCH * FILLERS * BATCH) {
            throw new AssertionError("only " + sent.size() + " messages were taken");
        }
    }

    private void fill(int port, int batches, int size) {
        try (var connection = Connection.to(port)) {
            for (int i = 0; i < batches; i++) {
                List<String> bodies = IntStream.range(0, size)
                        .mapToObj(_ -> "message-" + numbers.incrementAndGet())
                        .toList();
                String entries = bodies.stream()
                        .map(body -> "{\"Id\":\"" + body + "\",\"MessageBody\":\"" + body + "\"}")
                        .collect(Collectors.joining(","));
                Answer answer = connection.exchange(
                        request("SendMessageBatch", "{" + queue(port) + ",\"Entries\":[" + entries + "]}"));
                require(answer);
                sent.addAll(bodies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts everybody; `enough` opens once as many messages were sent as it counts down.
    List<Thread> start(int port, CountDownLatch enough) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < SENDERS; i++) {
            threads.add(Thread.startVirtualThread(() -> untilGone(port, connection -> send(connection, port, enough))));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            threads.add(Thread.startVirtualThread(() -> untilGone(port, connection -> receive(connection, port))));
        }
        return threads;
    }

    /// Something to be done over and over.
    private interface Work {
        void once(Connection connection) throws IOException;
    }

    private void untilGone(int port, Work work) {
        try (var connection = Connection.to(port)) {
            while (true) {
                work.once(connection);
            }
        } catch (AssertionError answer) {
            refused.add(String.valueOf(answer.getMessage()));
        } catch (IOException gone) {
            // The server was killed: this is the end that the traffic runs towards.
            Thread.currentThread().interrupt();
        }
    }

    private void send(Connection connection, int port, CountDownLatch enough) throws IOException {
        String body = "message-" + numbers.incrementAndGet();
        Answer answer =
                connection.exchange(request("SendMessage", "{" + queue(port) + ",\"MessageBody\":\"" + body + "\"}"));
        require(answer);
        sent.add(body);
        enough.countDown();
    }

    private void receive(Connection connection, int port) throws IOException {
        for (JsonNode message : messages(connection, port, mapper)) {
            String body = message.path("Body").asText();
            if (!deletionAsked.add(body)) {
                takenTwice.add(body);
            }
            Answer answer = connection.exchange(request(
                    "DeleteMessage",
                    "{" + queue(port) + ",\"ReceiptHandle\":\""
                            + message.path("ReceiptHandle").asText() + "\"}"));
            require(answer);
            deleted.add(body);
            oneDeleted.countDown();
        }
    }

    static JsonNode messages(Connection connection, int port, ObjectMapper mapper) throws IOException {
        Answer answer = connection.exchange(request(
                "ReceiveMessage", "{" + queue(port) + ",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":3600}"));
        require(answer);
        return mapper.readTree(answer.body()).path("Messages");
    }

    static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
    }
}
