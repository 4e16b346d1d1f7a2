package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Many clients at once: what one has written all others see, and of those who want the same one wins.
@OnCloud
@Tag("acceptance")
class TogetherTest {
    private static final int CLIENTS = 16;

    private final S3Client s3;
    private final String bucket;

    TogetherTest(TestCloud cloud, S3Client s3) {
        this.s3 = s3;
        this.bucket = "together-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket));
    }

    /// What each of so many clients gets, all of which begin at once.
    private static <R> List<R> together(int clients, IntFunction<Callable<R>> work) throws Exception {
        var start = new CountDownLatch(1);
        List<FutureTask<R>> tasks = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Callable<R> own = work.apply(i);
            var task = new FutureTask<R>(() -> {
                start.await();
                return own.call();
            });
            tasks.add(task);
            Thread.startVirtualThread(task);
        }
        start.countDown();
        List<R> results = new ArrayList<>();
        for (FutureTask<R> task : tasks) {
            results.add(task.get());
        }
        return results;
    }

    private String text(String key) {
        return s3.getObjectAsBytes(g -> g.bucket(bucket).key(key)).asUtf8String();
    }

    private List<String> keys(String prefix) {
        return s3.listObjectsV2(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static String outcome(Callable<String> call) throws Exception {
        try {
            return call.call();
        } catch (S3Exception refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    @Test
    void ofThoseWhoCompleteOneUploadOneWins() throws Exception {
        String upload =
                s3.createMultipartUpload(c -> c.bucket(bucket).key("parts")).uploadId();
        List<CompletedPart> parts = IntStream.rangeClosed(1, CLIENTS)
                .mapToObj(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(s3.uploadPart(
                                        u -> u.bucket(bucket)
                                                .key("parts")
                                                .uploadId(upload)
                                                .partNumber(number),
                                        RequestBody.fromString("part " + number))
                                .eTag())
                        .build())
                .toList();

        List<String> etags = together(
                CLIENTS,
                i -> () -> outcome(() -> s3.completeMultipartUpload(c -> c.bucket(bucket)
                                .key("parts")
                                .uploadId(upload)
                                .multipartUpload(m -> m.parts(parts.get(i))))
                        .eTag()));

        String winner = s3.headObject(h -> h.bucket(bucket).key("parts")).eTag();
        assertThat(etags).contains(winner).isSubsetOf(winner, "NoSuchUpload");
        assertThat(text("parts")).startsWith("part ").hasSizeLessThan("part 100".length());
        assertThat(s3.listMultipartUploads(l -> l.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void ofThoseWhoWantAKeyThatIsNotThereOneGetsIt() throws Exception {
        List<String> outcomes = together(
                CLIENTS,
                i -> () -> outcome(() -> {
                    s3.putObject(
                            p -> p.bucket(bucket).key("free").ifNoneMatch("*"), RequestBody.fromString("mine " + i));
                    return "mine " + i;
                }));

        assertThat(outcomes).filteredOn(text("free")::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.startsWith("mine"))
                .as("winners")
                .hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> !outcome.startsWith("mine")).containsOnly("PreconditionFailed");
    }

    @Test
    void whatIsWrittenIsReadAndListedAtOnceAndWhatIsDeletedIsNot() throws Exception {
        List<Boolean> right = together(CLIENTS, client -> () -> {
            boolean all = true;
            for (int round = 0; round < 20; round++) {
                String key = "own/" + client + '/' + round;
                String content = key + " of this round";
                s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(content));
                all &= text(key).equals(content) && keys(key).contains(key);
                s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString("changed"));
                all &= text(key).equals("changed");
                s3.deleteObject(d -> d.bucket(bucket).key(key));
                all &= keys(key).isEmpty() && outcome(() -> text(key)).equals("NoSuchKey");
            }
            return all;
        });

        assertThat(right).containsOnly(true);
        assertThat(keys("own/")).isEmpty();
    }

    @Test
    void theLastOfManyWritersIsReadByAllAndNoneReadsHalf() throws Exception {
        byte[][] bodies = new byte[CLIENTS][200_000];
        IntStream.range(0, CLIENTS).forEach(i -> Arrays.fill(bodies[i], (byte) ('a' + i)));
        List<Boolean> whole = together(CLIENTS, i -> () -> {
            s3.putObject(p -> p.bucket(bucket).key("shared"), RequestBody.fromBytes(bodies[i]));
            byte[] read =
                    s3.getObjectAsBytes(g -> g.bucket(bucket).key("shared")).asByteArray();
            return Arrays.equals(read, bodies[read[0] - 'a']);
        });
        assertThat(whole).containsOnly(true);

        String etag = s3.headObject(h -> h.bucket(bucket).key("shared")).eTag();
        assertThat(together(
                        CLIENTS,
                        i -> () -> s3.getObjectAsBytes(g -> g.bucket(bucket).key("shared"))
                                .response()
                                .eTag()))
                .containsOnly(etag);
    }

    @Test
    void aListingThatIsReadWhileOthersWriteMissesNothingAndRepeatsNothing() throws Exception {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String key = String.format("listed/%03d", i);
            s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.empty());
            before.add(key);
        }
        var reading = new AtomicBoolean(true);
        List<List<String>> found = together(4, client -> () -> {
            List<String> keys = new ArrayList<>();
            if (client > 0) {
                for (int i = 0; reading.get(); i = (i + 1) % 200) {
                    String key = String.format("listed/%03d-%d", i, client);
                    s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.empty());
                    s3.deleteObject(d -> d.bucket(bucket).key(key));
                }
                return keys;
            }
            s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix("listed/").maxKeys(7))
                    .contents()
                    .forEach(object -> keys.add(object.key()));
            reading.set(false);
            return keys;
        });

        assertThat(found.getFirst()).containsAll(before).isSorted().doesNotHaveDuplicates();
    }
}
