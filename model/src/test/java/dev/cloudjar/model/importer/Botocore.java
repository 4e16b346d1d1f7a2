package dev.cloudjar.model.importer;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The models that an AWS CLI or boto3 of this machine brings, where there is one.
final class Botocore {
    private Botocore() {}

    /// The directory of models; skips the test on a machine without.
    static Path data() throws IOException {
        Optional<Path> data = find();
        assumeThat(data)
                .as("botocore on this machine (or -Dcloudjar.botocore=<data>)")
                .isPresent();
        return data.orElseThrow();
    }

    private static Optional<Path> find() throws IOException {
        Optional<Path> named =
                Optional.ofNullable(System.getProperty("cloudjar.botocore")).map(Path::of);
        if (named.isPresent()) {
            return named;
        }
        List<Path> candidates = new ArrayList<>(List.of(
                Path.of("/usr/lib/python3/dist-packages/botocore/data"),
                Path.of("/usr/local/aws-cli/v2/current/dist/awscli/botocore/data")));
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.find(versions, 6, (path, facts) -> path.endsWith("botocore/data"))) {
                candidates.addAll(found.sorted().toList());
            }
        }
        return candidates.stream().filter(Files::isDirectory).findFirst();
    }
}
