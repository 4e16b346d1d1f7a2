package dev.cloudjar.conformance.golden;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Exchanges of each protocol and each shape of its errors, byte by byte. What is not text is written in
/// hexadecimal.
class ProtocolsTest {
    private static final String ACCOUNT = "444444444444";
    private static final String REGION = "us-east-1";

    @Test
    void everyExchangeIsAsBefore() throws IOException {
        try (RunningServer server = RunningServer.start("--seed", "8").atRest();
                Connection connection = Connection.to(server.port())) {
            for (String line : script()) {
                String[] columns = line.split(" \\| ", 5);
                Protocol protocol = Protocol.valueOf(columns[0]);
                OperationSchema operation =
                        Schemas.open(columns[1]).operation(columns[3]).orElseThrow();
                Sent request = Requests.of(operation, protocol, JsonInput.read(operation.input(), columns[4]))
                        .by(ACCOUNT, REGION, operation.service().facts().signingName());
                String found = written(request, connection.exchange(request), protocol)
                        .replace("localhost:" + server.port(), "localhost:4566");
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

    private static String written(Sent request, Answer answer, Protocol protocol) {
        var text = new StringBuilder(request.method())
                .append(' ')
                .append(request.target())
                .append('\n');
        request.headers().forEach((name, value) -> field(text, name, value));
        text.append('\n')
                .append(body(request.body(), protocol))
                .append("\n\n###\n\n")
                .append(answer.status())
                .append('\n');
        answer.fields().forEach((name, value) -> field(text, name, value));
        return text.append('\n')
                .append(body(answer.body(), protocol))
                .append('\n')
                .toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        if (!name.equals("date")) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }

    private static String body(byte[] bytes, Protocol protocol) {
        return protocol == Protocol.RPC_V2_CBOR
                ? HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
