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
        check(cloud, folder, "boto3_sqs.py", cloud.account());
    }

    @Test
    void worksWithTables(TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        check(cloud, folder, "boto3_dynamodb.py", cloud.account());
    }

    @Test
    void findsAndReadsWhatTablesHaveInEveryWay(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        check(cloud, folder, "boto3_tables.py", cloud.account());
    }

    @Test
    void takesWhatNoSqlWorkbenchLeaves(TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        check(cloud, folder, "boto3_workbench.py", cloud.account(), "workbench.json");
    }

    /// In an account of its own, which is to be that of an organization.
    @Test
    void worksWithKeysSecretsAndOrganizations(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        check(cloud, folder, "boto3_identity.py", "9" + cloud.account().substring(1));
    }

    /// In an account of its own, which is to be that of an organization.
    @Test
    void isLetInWhereItMayGo(TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        check(cloud, folder, "boto3_access.py", "8" + cloud.account().substring(1));
    }

    @Test
    void isRefusedInAwsWordsWhatIsOneEditAway(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        check(cloud, folder, "boto3_refusals.py", "7" + cloud.account().substring(1));
    }

    @Test
    void isToldOfObjectsAndBucketsWhatAwsTells(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        check(cloud, folder, "boto3_storage.py", cloud.account());
    }

    @Test
    void runsBatchJobsOverObjects(TestCloud cloud, @TempDir Path folder) throws IOException, InterruptedException {
        check(cloud, folder, "boto3_control.py", "6" + cloud.account().substring(1));
    }

    @Test
    void comesThroughAccessPointsAndWithGrants(TestCloud cloud, @TempDir Path folder)
            throws IOException, InterruptedException {
        check(cloud, folder, "boto3_accesspoints.py", "5" + cloud.account().substring(1));
    }

    private static void check(TestCloud cloud, Path folder, String script, String account, String... files)
            throws IOException, InterruptedException {
        var python = new Tool(cloud, folder);
        python.require("boto3", "python3", "-c", "import boto3");
        python.copy(script);
        for (String file : files) {
            python.copy(file);
        }

        Tool.Outcome outcome = python.run("python3", script, cloud.endpoint().toString(), account);

        assertThat(outcome.succeeded().out().strip()).isEqualTo("ok");
    }
}
