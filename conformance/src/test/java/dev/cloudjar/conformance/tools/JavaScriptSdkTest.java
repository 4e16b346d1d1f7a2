package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AWS's SDK for JavaScript: today's, which speaks JSON, and one from before November 2023, which speaks query.
/// Both are fetched once and then stay in the build folder.
@OnCloud
class JavaScriptSdkTest {
    private final TestCloud cloud;

    JavaScriptSdkTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @ParameterizedTest
    @CsvSource({"3.1169.0, application/x-amz-json-1.0", "3.405.0, application/x-www-form-urlencoded"})
    void worksWithQueues(String version, String contentType) throws IOException, InterruptedException {
        var node = new Tool(cloud, Path.of("target", "javascript-sdk-" + version));
        node.require("Node.js", "node", "--version");
        install(node, version);
        node.copy("sqs.mjs");

        Tool.Outcome outcome = node.run("node", "sqs.mjs", cloud.endpoint().toString(), cloud.account(), contentType);

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    private static void install(Tool node, String version) throws IOException, InterruptedException {
        if (Files.exists(node.folder().resolve("installed"))) {
            return;
        }
        node.require("npm", "npm", "--version");
        Files.writeString(node.folder().resolve("package.json"), "{\"private\": true}\n");
        Tool.Outcome outcome =
                node.run("npm", "install", "--no-audit", "--no-fund", "--no-save", "@aws-sdk/client-sqs@" + version);
        if (outcome.status() != 0) {
            abort("NOT RUN: @aws-sdk/client-sqs@" + version + " could not be fetched: " + outcome.err());
        }
        Files.createFile(node.folder().resolve("installed"));
    }
}
