package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AWS's SDK for Python.
@OnCloud
class Boto3Test {
    @Test
    void worksWithQueues(TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        var python = new Tool(cloud, folder);
        python.require("boto3", "python3", "-c", "import boto3");
        python.copy("boto3_sqs.py");

        Tool.Outcome outcome =
                python.run("python3", "boto3_sqs.py", cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }
}
