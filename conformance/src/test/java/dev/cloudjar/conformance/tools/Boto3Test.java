package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AWS's SDK for Python.
@OnCloud
class Boto3Test {
    @ParameterizedTest
    @ValueSource(strings = {"boto3_sqs.py", "boto3_dynamodb.py"})
    void works(String script, TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        var python = new Tool(cloud, folder);
        python.require("boto3", "python3", "-c", "import boto3");
        python.copy(script);

        Tool.Outcome outcome = python.run("python3", script, cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }
}
