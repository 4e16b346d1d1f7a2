package dev.cloudjar.model.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AWS's names become Java's, by their words.
class JavaNamesTest {
    @ParameterizedTest
    @CsvSource({
        "QueueUrl, queueUrl",
        "AWSAccountIds, awsAccountIds",
        "MD5OfBody, md5OfBody",
        "SSEKMSKeyId, ssekmsKeyId",
        "tags, tags",
        "x-amz-meta, xAmzMeta",
        "snake_case, snakeCase",
        "Default, default_",
        "Class, class_",
        "shape, shape_",
        "Wait, wait_",
        "200, _200"
    })
    void aMemberReadsAsAMethod(String name, String method) {
        assertThat(JavaNames.method(name)).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({"DynamoDB, DynamoDb", "SQS, Sqs", "Secrets Manager, SecretsManager", "ApiGatewayV2, ApiGatewayV2"})
    void aServiceReadsAsAType(String name, String type) {
        assertThat(JavaNames.type(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "VisibilityTimeout, VISIBILITY_TIMEOUT",
        "us-east-1, US_EAST_1",
        "t2.2xlarge, T2_2XLARGE",
        "1d, _1D",
        "QueueDoesNotExist, QUEUE_DOES_NOT_EXIST",
        "*, U2A",
        "'', EMPTY"
    })
    void aValueReadsAsAConstant(String name, String constant) {
        assertThat(JavaNames.constant(name)).isEqualTo(constant);
    }

    @Test
    void aNameUsedTwiceGetsANumberWhateverItsCase() {
        var scope = new Scope();

        assertThat(scope.claim("Arn")).isEqualTo("Arn");
        assertThat(scope.claim("ARN")).isEqualTo("ARN_2");
        assertThat(scope.claim("Arn")).isEqualTo("Arn_3");
    }
}
