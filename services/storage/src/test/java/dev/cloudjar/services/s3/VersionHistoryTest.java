package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.DeleteObjectOutput;
import dev.cloudjar.api.S3.DeleteObjectRequest;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is put, deleted and deleted for good, with versioning on, suspended or never asked for: a key reads
/// as a model of its history says, and so does each version.
class VersionHistoryTest {
    /// A version in the model; one without content is a delete marker.
    private record Kept(String id, Optional<String> content) {}

    /// Newest first.
    private final List<Kept> model = new ArrayList<>();

    private String versioning = "";

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyHistoryAgreesWithTheModel(long seed) {
        var random = new SplittableRandom(seed);
        try (var s3 = new S3UnderTest()) {
            s3.createBucket("bucket");
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> {
                        versioning = random.nextBoolean() ? "Enabled" : "Suspended";
                        s3.version("bucket", versioning);
                    }
                    case 1, 2, 3 -> put(s3, "content " + step);
                    case 4 -> delete(s3);
                    default -> deleteVersion(s3, random);
                }
                check(s3, seed);
            }
        }
    }

    private void add(String id, Optional<String> content) {
        if (id.equals("null")) {
            model.removeIf(kept -> kept.id().equals("null"));
        }
        model.addFirst(new Kept(id, content));
    }

    private void put(S3UnderTest s3, String content) {
        String id = s3.put("bucket", "key", content).versionId().orElse("null");
        assertThat(id.equals("null")).isEqualTo(!versioning.equals("Enabled"));
        add(id, Optional.of(content));
    }

    private void delete(S3UnderTest s3) {
        DeleteObjectOutput out =
                s3.call(new DeleteObjectRequest().bucket("bucket").key("key"));
        if (versioning.isEmpty()) {
            model.clear();
        } else {
            assertThat(out.deleteMarker()).contains(true);
            add(out.versionId().orElseThrow(), Optional.empty());
        }
    }

    private void deleteVersion(S3UnderTest s3, SplittableRandom random) {
        if (!model.isEmpty()) {
            Kept kept = model.remove(random.nextInt(model.size()));
            DeleteObjectOutput out = s3.call(
                    new DeleteObjectRequest().bucket("bucket").key("key").versionId(kept.id()));
            assertThat(out.deleteMarker().orElse(false))
                    .isEqualTo(kept.content().isEmpty());
        }
    }

    private void check(S3UnderTest s3, long seed) {
        Optional<String> current =
                model.isEmpty() ? Optional.empty() : model.getFirst().content();
        var get = new GetObjectRequest().bucket("bucket").key("key");
        if (current.isPresent()) {
            assertThat(S3UnderTest.read(s3.call(get))).as("seed %s", seed).isEqualTo(current.get());
        } else {
            assertThat(s3.refusal(get).code().code()).as("seed %s", seed).isEqualTo("NoSuchKey");
        }
        assertThat(s3.keys("bucket")).hasSize(current.isPresent() ? 1 : 0);
        for (Kept kept : model) {
            var one = new GetObjectRequest().bucket("bucket").key("key").versionId(kept.id());
            if (kept.content().isPresent()) {
                assertThat(S3UnderTest.read(s3.call(one)))
                        .isEqualTo(kept.content().get());
            } else {
                AwsError refused = s3.refusal(one);
                assertThat(refused.code().status()).isEqualTo(405);
            }
        }
    }
}
