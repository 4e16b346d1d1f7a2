package dev.cloudjar.wire.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.importer.BotocoreModel;
import dev.cloudjar.model.importer.Json;
import dev.cloudjar.wire.protocol.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of constraint is refused in AWS's words, every violation at once.
class ValidatorTest {
    private static final String MODEL = """
            {"metadata": {"protocol": "json", "jsonVersion": "1.1", "protocols": ["json"]},
             "shapes": {
               "In": {"type": "structure", "required": ["QueueName"], "members": {
                 "QueueName": {"shape": "Name"},
                 "Size": {"shape": "Size"},
                 "Ratio": {"shape": "Ratio"},
                 "Code": {"shape": "Code"},
                 "Color": {"shape": "Color"},
                 "Colors": {"shape": "Colors"},
                 "Secret": {"shape": "Secret"},
                 "Secrets": {"shape": "Secrets"},
                 "Bytes": {"shape": "Bytes"},
                 "Tags": {"shape": "Tags"},
                 "Entries": {"shape": "Entries"},
                 "ByName": {"shape": "ByName"},
                 "Groups": {"shape": "Groups"},
                 "Slow": {"shape": "Slow"}}},
               "Name": {"type": "string", "min": 1, "max": 4},
               "Size": {"type": "integer", "min": 1, "max": 10},
               "Ratio": {"type": "double", "min": 0.5},
               "Code": {"type": "string", "pattern": "[a-z]+"},
               "Color": {"type": "string", "enum": ["RED", "BLUE"]},
               "Colors": {"type": "list", "max": 2, "member": {"shape": "Color"}},
               "Secret": {"type": "string", "max": 2, "sensitive": true},
               "Secrets": {"type": "map", "key": {"shape": "Any"}, "value": {"shape": "Secret"}},
               "Any": {"type": "string"},
               "Bytes": {"type": "blob", "max": 2},
               "Tags": {"type": "map", "max": 1, "key": {"shape": "Name"}, "value": {"shape": "Code"}},
               "Entry": {"type": "structure", "required": ["Id"], "members": {
                 "Id": {"shape": "Code"}, "Entries": {"shape": "Entries"}}},
               "Entries": {"type": "list", "member": {"shape": "Entry"}},
               "ByName": {"type": "map", "key": {"shape": "Any"}, "value": {"shape": "Entry"}},
               "Groups": {"type": "map", "key": {"shape": "Any"}, "value": {"shape": "Colors"}},
               "Slow": {"type": "string", "pattern": "(.*a){15}b"}}}
            """;

    private final Validator validator = new Validator();

    static Stream<Arguments> violations() throws IOException {
        try (var in = Objects.requireNonNull(ValidatorTest.class.getResourceAsStream("violations.txt"))) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"))
                    .skip(1)
                    .map(pair -> pair.strip().split("\n", 2))
                    .map(pair -> arguments(pair[0], pair[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("violations")
    void oneViolationIsWordedAsAwsWordsIt(String input, String violation) throws IOException {
        refused("things", input, "ValidationException", "1 validation error detected: " + violation);
    }

    @Test
    void allViolationsAreToldAtOnce() throws IOException {
        refused(
                "things",
                "{\"Size\": 0, \"Color\": \"GREEN\"}",
                "ValidationException",
                "3 validation errors detected: Value null at 'queueName' failed to satisfy constraint: "
                        + "Member must not be null; Value '0' at 'size' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1; Value 'GREEN' at 'color' failed"
                        + " to satisfy "
                        + "constraint: Member must satisfy enum value set: [RED, BLUE]");
    }

    static Stream<String> fine() {
        return Stream.of(
                "{\"QueueName\": \"abcd\"}",
                "{\"QueueName\": \"\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\"}",
                "{\"QueueName\": \"a\", \"Size\": 10, \"Ratio\": 0.5, \"Code\": \"abc\", \"Colors\": []}",
                "{\"QueueName\": \"a\", \"Entries\": [{\"Id\": \"a\", \"Entries\": [{\"Id\": \"b\"}]}]}");
    }

    @ParameterizedTest
    @MethodSource("fine")
    void whatIsWithinBoundsPasses(String input) throws IOException {
        OperationSchema operation = operation("things");
        assertThatCode(() -> validator.check(operation, Inputs.json(operation, input)))
                .doesNotThrowAnyException();
    }

    @Test
    void aPatternThatWouldTakeForeverLetsTheValuePass() throws IOException {
        OperationSchema operation = operation("things");
        Struct input = Inputs.json(operation, "{\"QueueName\": \"a\", \"Slow\": \"" + "a".repeat(60) + "\"}");
        assertThatCode(() -> validator.check(operation, input)).doesNotThrowAnyException();
    }

    @Test
    void servicesHaveCodesOfTheirOwn() throws IOException {
        refused("cognito-idp", "{}", "InvalidParameterException", NULL_NAME);
        refused("logs", "{}", "InvalidParameterException", NULL_NAME);
        refused("route53", "{}", "InvalidInput", NULL_NAME);
        refused("ec2", "{}", "MissingParameter", "The request must contain the parameter QueueName");
        refused(
                "rds",
                "{\"QueueName\": \"a\", \"Size\": 0}",
                "InvalidParameterValue",
                "Value (0) for parameter Size is invalid.");
        refused(
                "s3",
                "{}",
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static final String NULL_NAME = "1 validation error detected: Value null at 'queueName' failed to satisfy"
            + " constraint: Member must not be null";

    @Test
    void aServiceThatSpeaksQueryHasAnotherCode() throws IOException {
        OperationSchema createUser = Schemas.open("iam").operation("CreateUser").orElseThrow();
        assertThatThrownBy(() -> validator.check(createUser, Inputs.json(createUser, "{}")))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.code().code()).isEqualTo("ValidationError");
                    assertThat(error.message())
                            .isEqualTo("1 validation error detected: Value null at 'userName' failed to satisfy"
                                    + " constraint: Member must not be null");
                });
    }

    @Test
    void lambdaSaysThatElementsMustBeThere() throws IOException {
        refused(
                "lambda",
                "{\"QueueName\": \"a\", \"Colors\": [\"PINK\"]}",
                "ValidationException",
                "1 validation error detected: Value '[PINK]' at 'colors' failed to satisfy constraint: "
                        + "Member must satisfy constraint: [Member must satisfy enum value set: [RED, BLUE],"
                        + " Member must not be null]");
    }

    private void refused(String service, String input, String code, String message) throws IOException {
        OperationSchema operation = operation(service);
        Struct struct = Inputs.json(operation, input);
        assertThatThrownBy(() -> validator.check(operation, struct)).isInstanceOfSatisfying(AwsError.class, error -> {
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.code().code()).isEqualTo(code);
            assertThat(error.code().status()).isEqualTo(400);
        });
    }

    private static OperationSchema operation(String service) throws IOException {
        Json operation = Json.read("{\"name\": \"Op\", \"http\": {\"method\": \"POST\", \"requestUri\": \"/\"},"
                + " \"input\": {\"shape\": \"In\"}}");
        return BotocoreModel.of(service, Json.read(MODEL), operation)
                .operations()
                .getFirst();
    }
}
