package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.ListObjectVersionsOutput;
import dev.cloudjar.api.S3.ListObjectVersionsRequest;
import dev.cloudjar.api.S3.ListObjectsOutput;
import dev.cloudjar.api.S3.ListObjectsRequest;
import dev.cloudjar.api.S3.ListObjectsV2Output;
import dev.cloudjar.api.S3.ListObjectsV2Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages of a listing, put together, are what a model of a few lines says: all keys in the order of their
/// bytes, those with a common prefix rolled up.
class ListingTest {
    private static final Comparator<String> BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    private static final String[] LETTERS = {"a", "b", "/", "//", "-", " ", "\u00e9", "\ud83d\ude00", "\uff5e", "a/b"};

    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
    }

    @AfterEach
    void close() {
        s3.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static String key(SplittableRandom random) {
        var key = new StringBuilder();
        int length = random.nextInt(1, 5);
        for (int i = 0; i < length; i++) {
            key.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return key.toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pagesConcatenateToWhatTheModelSays(long seed) {
        var random = new SplittableRandom(seed);
        var keys = new TreeSet<>(BYTES);
        for (int i = 0; i < 60; i++) {
            String key = key(random);
            keys.add(key);
            s3.put("bucket", key, "x");
        }
        String prefix = random.nextBoolean() ? "" : key(random);
        String delimiter = random.nextInt(3) == 0 ? "" : LETTERS[random.nextInt(3)];
        int most = random.nextInt(1, 8);

        assertThat(version2(prefix, delimiter, most)).as("seed %s", seed).isEqualTo(model(keys, prefix, delimiter));
        assertThat(version1(prefix, delimiter, most)).as("seed %s", seed).isEqualTo(model(keys, prefix, delimiter));
    }

    private static List<String> model(TreeSet<String> keys, String prefix, String delimiter) {
        var found = new TreeSet<>(BYTES);
        for (String key : keys) {
            if (key.startsWith(prefix)) {
                int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                found.add(at < 0 ? key : key.substring(0, at + delimiter.length()));
            }
        }
        return List.copyOf(found);
    }

    private List<String> version2(String prefix, String delimiter, int most) {
        List<String> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ListObjectsV2Output page = s3.call(new ListObjectsV2Request()
                    .bucket("bucket")
                    .prefix(prefix)
                    .delimiter(delimiter)
                    .maxKeys(most)
                    .continuationToken(token));
            assertThat(page.keyCount().orElse(-1)).isLessThanOrEqualTo(most);
            all.addAll(merged(page.contents(), page.commonPrefixes()));
            token = page.nextContinuationToken();
            assertThat(page.isTruncated()).contains(token.isPresent());
        } while (token.isPresent());
        return all;
    }

    private List<String> version1(String prefix, String delimiter, int most) {
        List<String> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            ListObjectsOutput page = s3.call(new ListObjectsRequest()
                    .bucket("bucket")
                    .prefix(prefix)
                    .delimiter(delimiter)
                    .maxKeys(most)
                    .marker(all.isEmpty() ? "" : all.getLast()));
            all.addAll(merged(page.contents(), page.commonPrefixes()));
            more = page.isTruncated().orElse(false);
            if (more && !delimiter.isEmpty()) {
                assertThat(page.nextMarker()).contains(all.getLast());
            }
        }
        return all;
    }

    private static List<String> merged(List<S3.Object> contents, List<S3.CommonPrefix> prefixes) {
        var page = new TreeSet<>(BYTES);
        contents.forEach(object -> page.add(object.key().orElseThrow()));
        prefixes.forEach(prefix -> page.add(prefix.prefix().orElseThrow()));
        return List.copyOf(page);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pagesOfVersionsConcatenateToAllOfThem(long seed) {
        var random = new SplittableRandom(seed);
        s3.version("bucket", "Enabled");
        for (int i = 0; i < 40; i++) {
            String key = LETTERS[random.nextInt(LETTERS.length)];
            if (random.nextInt(4) == 0) {
                s3.delete("bucket", key);
            } else {
                s3.put("bucket", key, "x" + i);
            }
        }
        List<String> whole = versions(1000);

        assertThat(whole).hasSize(40).doesNotHaveDuplicates();
        assertThat(versions(random.nextInt(1, 7))).as("seed %s", seed).isEqualTo(whole);
    }

    private List<String> versions(int most) {
        List<String> all = new ArrayList<>();
        Optional<String> key = Optional.empty();
        Optional<String> id = Optional.empty();
        boolean more = true;
        while (more) {
            ListObjectVersionsOutput page = s3.call(new ListObjectVersionsRequest()
                    .bucket("bucket")
                    .maxKeys(most)
                    .keyMarker(key)
                    .versionIdMarker(id));
            List<String> ids = new ArrayList<>();
            page.versions().forEach(version -> ids.add(version.key() + " " + version.versionId()));
            page.deleteMarkers().forEach(marker -> ids.add(marker.key() + " " + marker.versionId()));
            ids.sort(Comparator.naturalOrder());
            all.addAll(ids);
            key = page.nextKeyMarker();
            id = page.nextVersionIdMarker();
            more = page.isTruncated().orElse(false);
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }

    @Test
    void aTokenOfAnotherBucketOrNobodyIsRefused() {
        var asked = new ListObjectsV2Request().bucket("bucket").maxKeys(1);
        s3.put("bucket", "a", "x");
        s3.put("bucket", "b", "x");
        ListObjectsV2Output page = s3.call(asked);
        s3.createBucket("other");

        assertThat(s3.<ListObjectsV2Output>call(asked.continuationToken(page.nextContinuationToken()))
                        .contents())
                .hasSize(1);
        assertThat(s3.refusal(asked.bucket("other")).code().code()).isEqualTo("InvalidArgument");
        assertThat(s3.refusal(asked.bucket("bucket").continuationToken("made up"))
                        .message())
                .isEqualTo("The continuation token provided is incorrect");
    }

    @Test
    void encodedKeysAreSpelledAsInUrls() {
        s3.put("bucket", "a b+c/\u00e9&.txt", "x");
        ListObjectsV2Output page =
                s3.call(new ListObjectsV2Request().bucket("bucket").encodingType("url"));

        assertThat(page.contents())
                .singleElement()
                .returns("a+b%2Bc/%C3%A9%26.txt", object -> object.key().orElseThrow());
    }
}
