package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.events.Countdown;
import dev.cloudjar.conformance.events.Parrot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AWS's SDK for JavaScript: today's, which speaks JSON, and one from before November 2023, which speaks query.
/// They are fetched once and then stay in the build folder.
@OnCloud
class JavaScriptSdkTest {
    private final TestCloud cloud;

    JavaScriptSdkTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @ParameterizedTest
    @CsvSource({"3.1169.0, application/x-amz-json-1.0", "3.405.0, application/x-www-form-urlencoded"})
    void worksWithQueues(String version, String contentType) throws IOException, InterruptedException {
        Tool node = node(cloud, "sqs-" + version, "@aws-sdk/client-sqs@" + version);
        node.copy("sqs.mjs");

        Tool.Outcome outcome = node.run("node", "sqs.mjs", cloud.endpoint().toString(), cloud.account(), contentType);

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    @Test
    void worksWithDocumentsInTables() throws IOException, InterruptedException {
        String version = "3.1048.0";
        Tool node = node(cloud, "dynamodb", "@aws-sdk/client-dynamodb@" + version, "@aws-sdk/lib-dynamodb@" + version);
        for (String script : List.of("dynamodb.mjs", "documents.mjs")) {
            node.copy(script);

            Tool.Outcome outcome = node.run("node", script, cloud.endpoint().toString(), cloud.account());

            assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
        }
    }

    @Test
    void streamsIntoBucketsInParts() throws IOException, InterruptedException {
        String version = "3.1048.0";
        Tool node = node(cloud, "storage", "@aws-sdk/client-s3@" + version, "@aws-sdk/lib-storage@" + version);
        node.copy("storage.mjs");

        Tool.Outcome outcome = node.run("node", "storage.mjs", cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    @Test
    void signsForAllRegionsAtOnce() throws IOException, InterruptedException {
        Tool node = node(cloud, "global", "@aws-sdk/client-s3@3.1048.0", "@aws-sdk/signature-v4a@3.1138.0");
        node.copy("global.mjs");

        Tool.Outcome outcome = node.run("node", "global.mjs", cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    @Test
    void worksWithEachOtherService() throws IOException, InterruptedException {
        String[] packages = Stream.of(
                        "account@3.1169.0",
                        "ec2@3.1169.0",
                        "iam@3.1169.0",
                        "kms@3.1164.0",
                        "organizations@3.1169.0",
                        "resource-groups-tagging-api@3.1142.0",
                        "secrets-manager@3.1163.0",
                        "sts@3.1169.0")
                .map(service -> "@aws-sdk/client-" + service)
                .toArray(String[]::new);
        Tool node = node(cloud, "services", packages);
        node.copy("services.mjs");

        Tool.Outcome outcome = node.run("node", "services.mjs", cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    @Test
    void aSessionStoreKeepsItsSessionsInATable() throws IOException, InterruptedException {
        Tool node = node(
                cloud,
                "sessions",
                "@aws-sdk/client-dynamodb@3.1048.0",
                "connect-dynamodb@3.0.5",
                "express-session@1.18.1");
        node.copy("sessions.mjs");

        Tool.Outcome outcome = node.run("node", "sessions.mjs", cloud.endpoint().toString(), cloud.account());

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }

    /// Over HTTP/2. A text of the conversation is said when the one before it has been answered.
    @Test
    void talksInEventsBothWays() throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.of(Parrot.ENTRY, Countdown.ENTRY)) {
            var talkative = new TestCloud(server, cloud.account());
            Tool node = node(
                    talkative, "events", "@aws-sdk/client-lex-runtime-v2@3.1048.0", "@aws-sdk/client-kinesis@3.1143.0");
            node.copy("event-streams.mjs");

            Tool.Outcome outcome =
                    node.run("node", "event-streams.mjs", talkative.endpoint().toString(), cloud.account());

            assertThat(outcome.succeeded().out().lines())
                    .containsExactly(
                            "one two three",
                            "one, then ConflictException: The parrot is cross.",
                            "1 2 3, then ResourceInUseException: Somebody else subscribed.");
            server.assertNoFailures();
        }
    }

    /// Node.js in a folder of its own in which `packages` are installed.
    private static Tool node(TestCloud cloud, String name, String... packages)
            throws IOException, InterruptedException {
        var node = new Tool(cloud, Path.of("target", "javascript-sdk-" + name));
        node.require("Node.js", "node", "--version");
        if (Files.exists(node.folder().resolve("installed"))) {
            return node;
        }
        node.require("npm", "npm", "--version");
        Files.writeString(node.folder().resolve("package.json"), "{\"private\": true}\n");
        List<String> install = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--no-save"));
        install.addAll(List.of(packages));
        Tool.Outcome outcome = node.run(install);
        if (outcome.status() != 0) {
            abort("NOT RUN: " + List.of(packages) + " could not be fetched: " + outcome.err());
        }
        Files.createFile(node.folder().resolve("installed"));
        return node;
    }
}
