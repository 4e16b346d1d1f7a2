package dev.cloudjar.model.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.DigestFiles;
import dev.cloudjar.model.digest.DigestText;
import dev.cloudjar.model.schema.SchemaCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Importing writes the same digests each time, and a digest says as much as the model it came from.
class ImporterTest {
    private static final DigestFiles COMMITTED = new DigestFiles(Path.of("src", "main", "digests"));
    private static final String MODEL = """
            {"metadata": {"protocol": "json", "jsonVersion": "1.1", "serviceId": "Old"},
             "operations": {"Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}}, "shapes": {}}
            """;

    @TempDir
    private Path directory;

    @Test
    void importingTwiceChangesNoByte() throws IOException {
        Path data = Botocore.data();
        Files.writeString(directory.resolve("services.txt"), "sqs\ns3\nec2\nno-such-service\n");
        var importer = new Importer(data, Optional.empty(), directory);
        var digests = new DigestFiles(directory);

        assertThat(importer.run()).isEqualTo(3);
        String first = Files.readString(digests.file("ec2")) + Files.readString(digests.file("s3"));
        importer.run();

        assertThat(Files.readString(digests.file("ec2")) + Files.readString(digests.file("s3")))
                .isEqualTo(first);
    }

    @Test
    void theTextOfADigestGivesTheSchemaOfItsModel() throws IOException {
        var data = new BotocoreData(Botocore.data());
        for (String id : COMMITTED.ids()) {
            Optional<Digest> direct = data.digest(id);
            if (direct.isPresent()) {
                Digest reread = DigestText.read(DigestText.write(direct.get()));
                assertThat(SchemaCompiler.compile(reread)).as(id).isEqualTo(SchemaCompiler.compile(direct.get()));
            }
        }
    }

    @Test
    void aRetiredServiceComesFromTheJar() throws IOException {
        Path jar = directory.resolve("models.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("old-service-2013-02-18", "old-service-more-2014-02-18")) {
                zip.putNextEntry(new ZipEntry("models/" + name + "-model.json"));
                zip.write(MODEL.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        Files.writeString(directory.resolve("services.txt"), "oldservice\n");

        int count = new Importer(directory.resolve("none"), Optional.of(jar), directory).run();

        assertThat(count).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("oldservice.model")))
                .startsWith("service oldservice\n")
                .contains("operation Do POST /");
    }

    @Test
    void theNewestApiVersionCounts() throws IOException {
        for (String version : List.of("2014-01-01", "2020-12-31", "2015-06-06")) {
            Path folder = Files.createDirectories(directory.resolve("data/things/" + version));
            Files.writeString(folder.resolve("service-2.json"), MODEL.replace("\"Old\"", '"' + version + '"'));
        }
        Path newest = directory.resolve("data/things/2020-12-31");
        Files.writeString(
                newest.resolve("service-2.sdk-extras.json"),
                "{\"merge\": {\"metadata\": {\"signingName\": \"extra\"}}}");

        Digest digest =
                new BotocoreData(directory.resolve("data")).digest("things").orElseThrow();

        assertThat(digest.service().wordsOf("serviceId")).containsExactly("2020-12-31");
        assertThat(digest.service().wordsOf("signingName")).containsExactly("extra");
    }

    @Test
    void theCommittedDigestsStayReadableAndSmall() throws IOException {
        long bytes = 0;
        for (String id : COMMITTED.ids()) {
            String text = Files.readString(COMMITTED.file(id));
            bytes += Files.size(COMMITTED.file(id));
            assertThat(DigestText.write(DigestText.read(text))).isEqualTo(text);
        }
        assertThat(bytes).isLessThan(15L << 20);
    }
}
