package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.api.S3.CreateBucketRequest;
import dev.cloudjar.api.S3.DeleteObjectRequest;
import dev.cloudjar.api.S3.GetObjectOutput;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.ListObjectsV2Output;
import dev.cloudjar.api.S3.ListObjectsV2Request;
import dev.cloudjar.api.S3.PutBucketVersioningRequest;
import dev.cloudjar.api.S3.PutObjectOutput;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3.VersioningConfiguration;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// S3 in a world of its own whose clock stands still, called as the pipeline calls it.
final class S3UnderTest implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final Instant START = Instant.parse("2026-01-10T12:00:00Z");

    private final World world;
    private final Bound bound;

    S3UnderTest() {
        this(World.Settings.DEFAULT);
    }

    /// One in which what takes its time on AWS takes it here.
    static S3UnderTest patient() {
        var usual = World.Settings.DEFAULT;
        return new S3UnderTest(new World.Settings(
                usual.account(),
                usual.region(),
                true,
                usual.durability(),
                usual.seed(),
                usual.log(),
                usual.masterKey(),
                usual.propagation()));
    }

    /// One beside other services.
    static S3UnderTest beside(Entry other) {
        return new S3UnderTest(World.Settings.DEFAULT, other);
    }

    private S3UnderTest(World.Settings settings, Entry... others) {
        List<Entry> entries = new ArrayList<>(List.of(others));
        entries.add(new Entry("s3", S3Service::new));
        world = World.inMemory(settings, entries);
        bound = world.service("s3").orElseThrow();
        world.freezeClock();
        world.setClock(START);
    }

    World world() {
        return world;
    }

    void pass(Duration time) {
        world.advanceClock(time);
    }

    /// The answer to `in`, whose class tells the operation.
    <O extends Struct> O call(Struct in) {
        return call(bound, in);
    }

    /// The answer of S3 Control, where it stands beside.
    <O extends Struct> O control(Struct in) {
        return call(world.service("s3control").orElseThrow(), in);
    }

    @SuppressWarnings("unchecked")
    private <O extends Struct> O call(Bound bound, Struct in) {
        String name = in.shape().name().replaceAll("Request$", "");
        OperationSchema operation = bound.schema().operation(name).orElseThrow();
        var request = new Call.Request(
                bound.schema().id(),
                name,
                "0a1b2c3d-0000-4000-8000-0123456789ab",
                world.time().now(),
                "http://x");
        return (O)
                Call.of(Principal.root(ACCOUNT), ACCOUNT, "us-east-1", request).run(() -> bound.call(operation, in));
    }

    /// The refusal of `in`.
    AwsError refusal(Struct in) {
        return Objects.requireNonNull(catchThrowableOfType(AwsError.class, () -> call(in)));
    }

    void createBucket(String name) {
        call(new CreateBucketRequest().bucket(name));
    }

    void version(String bucket, String status) {
        call(new PutBucketVersioningRequest()
                .bucket(bucket)
                .versioningConfiguration(new VersioningConfiguration().status(status)));
    }

    PutObjectOutput put(String bucket, String key, String content) {
        return call(putting(bucket, key, content));
    }

    static PutObjectRequest putting(String bucket, String key, String content) {
        return new PutObjectRequest().bucket(bucket).key(key).body(Body.of(Blob.of(content)));
    }

    String get(String bucket, String key) {
        return read(call(new GetObjectRequest().bucket(bucket).key(key)));
    }

    static String read(GetObjectOutput out) {
        return new String(bytes(out), StandardCharsets.UTF_8);
    }

    static byte[] bytes(GetObjectOutput out) {
        try (InputStream in = out.body().orElseThrow().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String bucket, String key) {
        call(new DeleteObjectRequest().bucket(bucket).key(key));
    }

    List<String> keys(String bucket) {
        ListObjectsV2Output page = call(new ListObjectsV2Request().bucket(bucket));
        return page.contents().stream()
                .map(object -> object.key().orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
