package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Forms that do not fit their model are refused; those that merely look odd are read.
class MalformedQueryTest {
    private final Sent describe = new Sent("ec2", "DescribeInstances", Protocol.EC2_QUERY);
    private final Sent attributes = new Sent("sns", "SetTopicAttributes", Protocol.AWS_QUERY);
    private final Sent create = new Sent("sns", "CreateTopic", Protocol.AWS_QUERY);
    private final Sent users = new Sent("iam", "ListUsers", Protocol.AWS_QUERY);

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("MaxItems=many", "\"many\" can not be converted to an Integer"),
                arguments("MaxItems=", "\"\" can not be converted to an Integer"),
                arguments("MaxItems=1.5", "\"1.5\" can not be converted to an Integer"),
                arguments("MaxItems=99999999999", "\"99999999999\" can not be converted to an Integer"),
                arguments("MaxItems.a=1", "Start of structure or map found where not expected."));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aWrongValueIsNamed(String body, String message) {
        assertThatThrownBy(() -> users.body(body)).isInstanceOfSatisfying(AwsError.class, error -> {
            assertThat(error.code().code()).isEqualTo("MalformedInput");
            assertThat(error.code().status()).isEqualTo(400);
            assertThat(error.message()).isEqualTo(message);
        });
    }

    @Test
    void aMapNeedsKeysAndValues() {
        refused(create, "Attributes.entry.1.key=a", "MalformedInput");
        refused(create, "Attributes.entry.1.value=a", "MalformedInput");
    }

    @Test
    void percentEncodingMustBeRight() {
        refused(attributes, "TopicArn=%zz", "MalformedQueryString");
        refused(attributes, "TopicArn=%e4", "MalformedQueryString");
        refused(attributes, "TopicArn=a".replace("a", "%f"), "MalformedQueryString");
    }

    @Test
    void namesHaveALimitOfLevels() {
        refused(describe, "a.".repeat(10_000) + "b=1", "MalformedQueryString");
    }

    @Test
    void anInstantMustBeOne() {
        refused(
                new Sent("cloudwatch", "GetMetricStatistics", Protocol.AWS_QUERY),
                "StartTime=yesterday",
                "MalformedInput");
    }

    @Test
    void theQueryStringAndTheBodyCountAlike() throws IOException {
        Struct input = users.query("PathPrefix=%2Fa%2F&MaxItems=3");
        assertThat(input.get("PathPrefix")).isEqualTo("/a/");
        assertThat(input.get("MaxItems")).isEqualTo(3);
    }

    @Test
    void elementsComeInTheOrderOfTheirNumbers() throws IOException {
        Struct input = describe.body("InstanceId.10=c&InstanceId.2=b&InstanceId.1=a&&x&=&InstanceId.x=d");
        assertThat(input.get("InstanceIds")).isEqualTo(List.of("a", "b", "c"));
    }

    private static void refused(Sent sent, String body, String code) {
        assertThatThrownBy(() -> sent.body(body))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code().code()).isEqualTo(code));
    }
}
