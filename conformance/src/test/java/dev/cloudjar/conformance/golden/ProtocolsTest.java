package dev.cloudjar.conformance.golden;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.conformance.events.Gauge;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Exchanges of each protocol and each shape of its errors, byte by byte. What is not text is written in
/// hexadecimal.
class ProtocolsTest {
    private static final String ACCOUNT = "444444444444";
    private static final String REGION = "us-east-1";

    @Test
    void everyExchangeIsAsBefore() throws IOException {
        check(RunningServer.start("--seed", "8"), line -> !isOurs(line));
    }

    /// Of a protocol in which no service that is built answers yet.
    @Test
    void andThoseOfAServiceOfTheTests() throws IOException {
        check(RunningServer.of(Gauge.ENTRY), ProtocolsTest::isOurs);
    }

    private static boolean isOurs(String line) {
        return line.contains("| GetMetricData |");
    }

    private static void check(RunningServer started, Predicate<String> which) throws IOException {
        try (RunningServer server = started.atRest();
                Connection connection = Connection.to(server.port())) {
            for (String line : script().stream().filter(which).toList()) {
                String[] columns = line.split(" \\| ", 5);
                Protocol protocol = Protocol.valueOf(columns[0]);
                OperationSchema operation =
                        Schemas.open(columns[1]).operation(columns[3]).orElseThrow();
                Sent request = Requests.of(operation, protocol, JsonInput.read(operation.input(), columns[4]))
                        .by(ACCOUNT, REGION, operation.service().facts().signingName());
                String found = new Exchange(request, connection.exchange(request))
                        .written(bytes -> body(bytes, protocol))
                        .replace("localhost:" + server.port(), "localhost:4566")
                        .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "{id}");
                Committed.check("src/test/golden/" + columns[1] + "/" + columns[2] + ".http", found);
            }
        }
    }

    private static List<String> script() throws IOException {
        try (InputStream in = Objects.requireNonNull(ProtocolsTest.class.getResourceAsStream("protocols.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /// Event streams are, whatever the protocol.
    private static boolean isBinary(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 0;
    }

    private static String body(byte[] bytes, Protocol protocol) {
        return protocol == Protocol.RPC_V2_CBOR || isBinary(bytes)
                ? HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
