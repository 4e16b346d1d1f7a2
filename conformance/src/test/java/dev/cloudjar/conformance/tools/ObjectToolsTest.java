package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that keep trees of files in S3: each brings a tree there and back, and finds nothing to do when asked
/// again.
@OnCloud
class ObjectToolsTest {
    private static final int LARGE = 12 << 20;

    private final TestCloud cloud;

    @TempDir
    private Path folder;

    ObjectToolsTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void plant() throws IOException {
        Path leaves = Files.createDirectories(folder.resolve("tree/a/b"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(leaves.resolve("leaf " + i + "+\u00fc.txt"), "leaf " + i);
        }
        byte[] large = new byte[LARGE];
        new SplittableRandom(1).nextBytes(large);
        Files.write(folder.resolve("tree/large"), large);
    }

    private Tool tool(String name, String... version) throws IOException, InterruptedException {
        var tool = new Tool(cloud, folder);
        tool.set("AWS_CA_BUNDLE", "");
        tool.require(name, version);
        return tool;
    }

    private void assertSame(String returned) throws IOException, InterruptedException {
        new Tool(cloud, folder).run("diff", "-r", "tree", returned).succeeded();
    }

    @Test
    void rcloneBringsATreeThereAndBack() throws IOException, InterruptedException {
        Tool rclone = tool("rclone", "rclone", "version");
        rclone.set("RCLONE_CONFIG_S3_TYPE", "s3");
        rclone.set("RCLONE_CONFIG_S3_PROVIDER", "Other");
        rclone.set("RCLONE_CONFIG_S3_ENV_AUTH", "true");
        rclone.set("RCLONE_CONFIG_S3_REGION", TestCloud.REGION);
        rclone.set("RCLONE_CONFIG_S3_ENDPOINT", cloud.endpoint().toString());
        rclone.set("RCLONE_CONFIG", folder.resolve("no-config").toString());
        rclone.set("RCLONE_RETRIES", "1");
        rclone.set("RCLONE_S3_UPLOAD_CUTOFF", "6M");
        rclone.set("RCLONE_S3_CHUNK_SIZE", "5M");
        String there = "s3:rclone-" + cloud.account();
        rclone.run("rclone", "mkdir", there).succeeded();
        rclone.run("rclone", "sync", "tree", there + "/tree").succeeded();
        rclone.run("rclone", "check", "tree", there + "/tree").succeeded();
        String again = rclone.run("rclone", "sync", "--stats-one-line", "-v", "tree", there + "/tree")
                .succeeded()
                .err();
        assertThat(again).doesNotContain("Copied");
        bringBack(rclone, there);
        rclone.run("rclone", "moveto", there + "/tree/large", there + "/moved").succeeded();
        rclone.run("rclone", "moveto", there + "/moved", there + "/tree/large").succeeded();
        rclone.run("rclone", "copy", there + "/tree", "returned").succeeded();
        assertSame("returned");
        rclone.run("rclone", "purge", there).succeeded();
    }

    /// Brings the tree back, and a part of it there again of which some is deleted.
    private void bringBack(Tool rclone, String there) throws IOException, InterruptedException {
        rclone.run("rclone", "sync", there + "/tree", "back").succeeded();
        assertSame("back");
        String again = rclone.run("rclone", "sync", "--stats-one-line", "-v", there + "/tree", "back")
                .succeeded()
                .err();
        assertThat(again).doesNotContain("Copied");
        Files.delete(folder.resolve("back/large"));
        rclone.run("rclone", "sync", "back", there + "/less").succeeded();
        rclone.run("rclone", "delete", there + "/less", "--include", "leaf 1*").succeeded();
        String left = rclone.run("rclone", "lsf", "-R", "--files-only", there + "/less")
                .succeeded()
                .out();
        assertThat(left.lines()).hasSize(29);
        assertThat(rclone.run("rclone", "check", "back", there + "/less").status())
                .isNotZero();
        rclone.run("rclone", "purge", there + "/less").succeeded();
    }

    @Test
    void s3cmdBringsATreeThereAndBack() throws IOException, InterruptedException {
        Tool s3cmd = tool("s3cmd", "s3cmd", "--version");
        String host = "localhost:" + cloud.endpoint().getPort();
        Files.writeString(
                folder.resolve("s3cfg"),
                String.join(
                        "\n",
                        "[default]",
                        "access_key = " + cloud.account(),
                        "secret_key = secret",
                        "host_base = " + host,
                        "host_bucket = " + host,
                        "use_https = False",
                        ""));
        String there = "s3://s3cmd-" + cloud.account();
        for (List<String> command : List.of(
                List.of("mb", there),
                List.of("sync", "--multipart-chunk-size-mb=5", "tree/", there + "/tree/"),
                List.of("info", there + "/tree/large"),
                List.of("mv", there + "/tree/large", there + "/moved"),
                List.of("modify", "--add-header=x-amz-meta-a:b", there + "/moved"),
                List.of("mv", there + "/moved", there + "/tree/large"),
                List.of("expire", "--expiry-days", "3", there),
                List.of("sync", there + "/tree/", "returned/"))) {
            s3cmd.run(s3cmd(command)).succeeded();
        }
        assertSame("returned");
        assertThat(s3cmd.run(s3cmd(List.of("sync", "--dry-run", "tree/", there + "/tree/")))
                        .succeeded()
                        .out())
                .doesNotContain("upload:");
        s3cmd.run(s3cmd(List.of("del", "--recursive", "--force", there))).succeeded();
        s3cmd.run(s3cmd(List.of("rb", there))).succeeded();
    }

    private static List<String> s3cmd(List<String> command) {
        var whole = new ArrayList<>(List.of("s3cmd", "--no-progress", "-c", "s3cfg"));
        whole.addAll(command);
        return whole;
    }

    @Test
    void awsSyncFindsNothingToDoTheSecondTime() throws IOException, InterruptedException {
        Tool aws = tool("the aws command", "aws", "--version");
        String there = "s3://aws-" + cloud.account();
        aws.run(aws("mb", there)).succeeded();
        assertThat(aws.run(aws("sync", "tree", there)).succeeded().out()).contains("upload: tree/large");
        assertThat(aws.run(aws("sync", "tree", there)).succeeded().out()).isBlank();
        aws.run(aws("sync", there, "returned")).succeeded();
        assertSame("returned");
        assertThat(aws.run(aws("sync", there, "returned")).succeeded().out()).isBlank();
        aws.run(aws("rb", "--force", there)).succeeded();
    }

    private List<String> aws(String... command) {
        var whole = new ArrayList<>(
                List.of("aws", "--endpoint-url", cloud.endpoint().toString(), "s3"));
        whole.addAll(List.of(command));
        return whole;
    }
}
