package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Outputs;
import dev.cloudjar.conformance.client.Refusal;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where cases are heard: a server at a port, asked over one connection that is kept, in accounts that nobody
/// else uses. The clock stands still there unless a case moves it.
final class Court implements AutoCloseable {
    static final String REGION = "us-east-1";
    static final String ELSEWHERE = "eu-central-1";
    private static final String ALONE = "111122223333";
    private static final long FIRST_ACCOUNT = 500_000_000_000L;
    private static final long EACH = 1_000_000;

    private final int port;
    private final Optional<World> world;
    private final Protocol protocol;
    private final Subject subject;
    private final Map<String, Set<String>> refusals = new HashMap<>();
    private Optional<Connection> connection = Optional.empty();
    private long accounts;
    private boolean queryCodes;

    Court(Subject subject, Protocol protocol, int port, Optional<World> world) {
        this.subject = subject;
        this.protocol = protocol;
        this.port = port;
        this.world = world;
        this.accounts = FIRST_ACCOUNT + EACH * subject.schema().id().chars().sum();
    }

    /// The court of one service of a server.
    static Court of(RunningServer server, String service) {
        Subject subject =
                Subject.of(server.world().orElseThrow().service(service).orElseThrow());
        return new Court(subject, subject.protocol(), server.port(), server.world());
    }

    /// The same, where errors have the codes that the query protocol has for them.
    Court withQueryCodes() {
        queryCodes = true;
        return this;
    }

    Subject subject() {
        return subject;
    }

    Optional<World> world() {
        return world;
    }

    /// How often something was written there.
    long sequence() {
        return world.map(here -> here.store().sequence()).orElse(0L);
    }

    /// When a request is signed: signatures follow the real clock.
    Instant now() {
        return InstantSource.system().instant();
    }

    int port() {
        return port;
    }

    /// An account that is new.
    Scene scene() {
        return new Scene(this, Long.toString(++accounts), REGION);
    }

    /// The account of a session, in a world in which nothing has happened yet.
    Scene alone() {
        world.ifPresent(World::reset);
        rest();
        return new Scene(this, ALONE, REGION);
    }

    /// The clock stands where it usually does.
    void rest() {
        world.filter(here -> !here.time().now().equals(RunningServer.REST)).ifPresent(here -> {
            here.freezeClock();
            here.setClock(RunningServer.REST);
        });
    }

    /// Has everything done that is due, where that can be asked for: what works in the background comes to rest.
    void settle() {
        world.ifPresent(here -> here.advanceClock(Duration.ZERO));
    }

    /// Sends what is not a call of the service.
    Answer exchange(Sent request) {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(Connection.to(port));
            }
            Answer answer = connection.get().exchange(request);
            if (answer.field("connection").equals("close")) {
                close();
            }
            return answer;
        } catch (IOException lost) {
            close();
            throw new UncheckedIOException(lost);
        }
    }

    Outcome call(OperationSchema operation, Struct input, Caller by, String region) {
        try {
            Sent request = by.sign(
                    Requests.of(operation, protocol(operation), input),
                    this,
                    region,
                    operation.service().facts().signingName());
            return readable(operation, exchange(request));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /// Other services are asked in the first of their protocols.
    private Protocol protocol(OperationSchema operation) {
        return operation.service().id().equals(subject.schema().id())
                ? protocol
                : operation.service().facts().protocols().getFirst();
    }

    /// An operation of the service under law, or of another of the same server.
    OperationSchema operation(String service, String name) {
        ServiceSchema schema = service.isEmpty() ? subject.schema() : Schemas.open(service);
        return schema.operation(name).orElseThrow();
    }

    private Outcome readable(OperationSchema operation, Answer answer) {
        try {
            return outcome(operation, answer);
        } catch (IOException | RuntimeException unreadable) {
            throw new AssertionError(
                    operation.name() + " was answered " + answer.status() + " " + answer.text(), unreadable);
        }
    }

    /// The codes with which each operation has refused something here.
    Map<String, Set<String>> refusals() {
        return refusals;
    }

    private Outcome outcome(OperationSchema operation, Answer answer) throws IOException {
        if (answer.status() < 400) {
            return new Outcome(answer.status(), "", "", Outputs.of(operation, protocol(operation), answer));
        }
        // What is no HTTP is refused before anybody knows what it would be about.
        boolean silent = operation.http().method().equals("HEAD")
                || answer.body().length == 0
                || answer.field("content-type").startsWith("text/plain");
        Refusal refusal = silent ? new Refusal(answer.status(), "", "") : Refusal.of(protocol(operation), answer);
        refusals.computeIfAbsent(operation.name(), name -> new TreeSet<>()).add(refusal.code());
        return new Outcome(answer.status(), code(answer, refusal), refusal.message(), Map.of());
    }

    private String code(Answer answer, Refusal refusal) {
        String ofQuery = answer.field("x-amzn-query-error");
        return queryCodes && !ofQuery.isEmpty() ? ofQuery.substring(0, ofQuery.indexOf(';')) : refusal.code();
    }

    /// Moves the clock of a world in this JVM, or asks the server to.
    void advance(String by) {
        Answer moved = exchange(Sent.post("/_cloudjar/clock", "application/json", "{\"advance\": \"" + by + "\"}"));
        assertThat(moved.status()).as("moving the clock by %s", by).isEqualTo(200);
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
            connection = Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
