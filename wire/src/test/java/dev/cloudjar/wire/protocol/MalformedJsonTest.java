package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// JSON that does not fit its model is refused as AWS refuses it.
class MalformedJsonTest {
    private static final int DEEPEST = 128;

    private final Sent query = new Sent("dynamodb", "Query", Protocol.AWS_JSON_1_0);
    private final Sent put = new Sent("dynamodb", "PutItem", Protocol.AWS_JSON_1_0);
    private final Sent putEvents = new Sent("events", "PutEvents", Protocol.AWS_JSON_1_1);

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                arguments("{\"TableName\": 5}", "NUMBER_VALUE can not be converted to a String"),
                arguments("{\"TableName\": 5.5}", "DECIMAL_VALUE can not be converted to a String"),
                arguments("{\"TableName\": true}", "TRUE_VALUE can not be converted to a String"),
                arguments("{\"TableName\": false}", "FALSE_VALUE can not be converted to a String"),
                arguments("{\"TableName\": []}", "Start of list found where not expected"),
                arguments("{\"TableName\": {}}", "Start of structure or map found where not expected."),
                arguments("{\"Limit\": \"5\"}", "STRING_VALUE can not be converted to an Integer"),
                arguments("{\"Limit\": 3000000000}", "NUMBER_VALUE can not be converted to an Integer"),
                arguments("{\"Limit\": 99999999999999999999}", "NUMBER_VALUE can not be converted to an Integer"),
                arguments("{\"Limit\": 1.5}", "DECIMAL_VALUE can not be converted to an Integer"),
                arguments("{\"ConsistentRead\": \"true\"}", "STRING_VALUE can not be converted to a Boolean"),
                arguments("{\"ConsistentRead\": 1}", "NUMBER_VALUE can not be converted to a Boolean"),
                arguments("{\"AttributesToGet\": \"a\"}", "Expected list or null"),
                arguments("{\"AttributesToGet\": {}}", "Start of structure or map found where not expected."),
                arguments("{\"ExclusiveStartKey\": []}", "Start of list found where not expected"),
                arguments("{\"ExclusiveStartKey\": 1}", "Expected map or null"),
                arguments(
                        "{\"ExclusiveStartKey\": {\"a\": {\"B\": 1}}}", "NUMBER_VALUE can not be converted to a Blob"),
                arguments("[]", "Start of list found where not expected"),
                arguments("\"text\"", "Expected map or null"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aWrongTypeIsNamed(String body, String message) {
        refused(() -> query.body(body), message);
    }

    @Test
    void anInstantMustBeANumberOfSeconds() {
        refused(
                () -> putEvents.body("{\"Entries\": [{\"Time\": \"2020-01-01T00:00:00Z\"}]}"),
                "STRING_VALUE can not be converted to milliseconds since epoch");
    }

    static Stream<String> broken() {
        return Stream.of(
                "{",
                "{\"TableName\"",
                "{\"TableName\": \"a\"} {}",
                "{\"TableName\": \"a\"}]",
                "{TableName: 1}",
                "{'TableName': 'a'}",
                "{\"TableName\": \"a\",}",
                "{\"TableName\": \"\\u12\"}",
                "{\"TableName\": \"a\nb\"}",
                "{\"TableName\": NaN}",
                "{\"Limit\": 01}",
                "{\"Limit\": " + "1".repeat(5_000) + "}",
                "{\"Unknown\": {\"nested\": [}}",
                "{\"ExclusiveStartKey\": {\"a\": {\"B\": \"!!!!\"}}}",
                "{\"ExclusiveStartKey\": {\"a\": {\"B\": \"abc\"}}}",
                "\u0000");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenSyntaxIsRefusedWithoutMessage(String body) {
        refused(() -> query.body(body), "");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] body = "{\"TableName\": \"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[body.length - 3] = (byte) 0xff;
        refused(() -> query.body(body), "");
    }

    @Test
    void nestingHasALimit() throws IOException {
        Struct deep = put.body(nested(DEEPEST / 2 - 2));
        assertThat(deep.get("Item")).isNotNull();
        refused(() -> put.body(nested(DEEPEST)), "");
    }

    @Test
    void nestingOfWhatNobodyReadsHasALimitToo() {
        String deep = "[".repeat(100_000);
        refused(() -> query.body("{\"Unknown\": " + deep), "");
    }

    private static String nested(int levels) {
        return "{\"Item\": {\"a\": " + "{\"L\": [".repeat(levels) + "]}".repeat(levels) + "}}";
    }

    @Test
    void anEmptyBodyIsAnEmptyInput() throws IOException {
        assertThat(query.body("").get("TableName")).isNull();
    }

    @Test
    void whatTheModelDoesNotKnowIsIgnored() throws IOException {
        Struct input = query.body("{\"New\": {\"a\": [1, {}]}, \"TableName\": \"t\", \"__type\": \"x\"}");
        assertThat(input.get("TableName")).isEqualTo("t");
    }

    @Test
    void nullIsAbsence() throws IOException {
        Struct input = query.body("{\"TableName\": null, \"Limit\": null, \"AttributesToGet\": [\"a\", null]}");
        assertThat(input.get("TableName")).isNull();
        assertThat(input.get("AttributesToGet")).isEqualTo(List.of("a"));
    }

    @Test
    void aWholeNumberMayBeWrittenWithAFraction() throws IOException {
        assertThat(query.body("{\"Limit\": 5.0}").get("Limit")).isEqualTo(5);
        assertThat(query.body("{\"Limit\": 1e3}").get("Limit")).isEqualTo(1000);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsError.class, error -> {
            assertThat(error.code().code()).isEqualTo("SerializationException");
            assertThat(error.code().status()).isEqualTo(400);
            assertThat(error.message()).isEqualTo(message);
        });
    }
}
