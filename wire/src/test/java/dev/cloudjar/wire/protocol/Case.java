package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.importer.BotocoreModel;
import dev.cloudjar.model.importer.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// One of the published protocol test cases, which lie beside the checkout.
record Case(String line, Map<String, Object> fields) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /// The cases of one kind. Skips the test where there is no file of them.
    static Stream<Case> ofKind(String kind) throws IOException {
        Optional<Path> file = file();
        Assumptions.assumeTrue(file.isPresent(), "no protocol test cases beside the checkout");
        return Files.readAllLines(file.orElseThrow()).stream()
                .map(line -> new Case(line, Tree.object(Tree.json(line))))
                .filter(c -> kind.equals(c.fields().get("kind")));
    }

    private static Optional<Path> file() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("cloudjar.protocol.tests")),
                        Optional.ofNullable(System.getenv("CLOUDJAR_PROTOCOL_TESTS")),
                        Optional.of("../../shared/protocol-tests/cases.jsonl"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .map(path -> Files.isDirectory(path) ? path.resolve("cases.jsonl") : path)
                .filter(Files::exists)
                .findFirst();
    }

    /// The ids in a list of exceptions, with a reason each.
    static Map<String, String> listed(String resource) throws IOException {
        try (var in = Objects.requireNonNull(Case.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        }
    }

    String id() {
        return (String) Objects.requireNonNull(fields.get("id"));
    }

    Map<String, Object> object(String name) {
        return Tree.object(fields.get(name));
    }

    OperationSchema operation() {
        try (var parser = FACTORY.createParser(line)) {
            parser.nextToken();
            Json whole = Json.read(parser);
            ServiceSchema service = BotocoreModel.of("protocoltests", whole.object("model"), whole.object("operation"));
            return service.operations().getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Protocol protocol(OperationSchema operation) {
        return operation.service().facts().protocols().getFirst();
    }

    static List<Object> list(Object value) {
        return Tree.list(value);
    }
}
