package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tags of buckets and objects, as documents and as the `x-amz-tagging` header, held to S3's rules.
final class Tags {
    static final int MOST_OF_OBJECT = 10;
    static final int MOST_OF_BUCKET = 50;

    private static final Code INVALID_TAG = Code.of("InvalidTag", 400);
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private Tags() {}

    /// `a=1&b=2`, encoded as a query.
    static Map<String, String> ofHeader(Optional<String> header) {
        List<S3.Tag> tags = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String pair : header.orElse("").split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (key.isEmpty() || !keys.add(key)) {
                throw misspelt(header.orElseThrow());
            }
            tags.add(new S3.Tag().key(key).value(equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return checked(tags, MOST_OF_OBJECT);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw misspelt(text);
        }
    }

    private static AwsError misspelt(String text) {
        return Refusals.argument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                        + " parameters without tag name duplicates.",
                "x-amz-tagging",
                text);
    }

    static Map<String, String> checked(List<S3.Tag> tags, int most) {
        var checked = new LinkedHashMap<String, String>();
        for (S3.Tag tag : tags) {
            String key = tag.key();
            check(key, tag.value());
            if (checked.put(key, tag.value()) != null) {
                throw refused("Cannot provide multiple Tags with the same key", key);
            }
        }
        if (checked.size() > most) {
            String what = most == MOST_OF_OBJECT ? "Object" : "Bucket";
            throw Refusals.of("BadRequest", 400, what + " tags cannot be greater than " + most);
        }
        return checked;
    }

    private static void check(String key, String value) {
        if (key.length() > LONGEST_KEY || !isText(key)) {
            throw refused("The TagKey you have provided is invalid", key);
        }
        if (value.length() > LONGEST_VALUE || !isText(value)) {
            throw Details.of("TagKey", key)
                    .and("TagValue", value)
                    .refuse(INVALID_TAG, "The TagValue you have provided is invalid");
        }
        if (key.startsWith("aws:")) {
            throw refused("System tags cannot be added/updated by requester", key);
        }
    }

    private static boolean isText(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || Character.isSpaceChar(c) || "_.:/=+-@".indexOf(c) >= 0);
    }

    private static AwsError refused(String message, String key) {
        return Details.of("TagKey", key).refuse(INVALID_TAG, message);
    }

    /// The tags of a bucket, where they decide who may use it.
    static Map<String, String> thatDecide(OwnedBucket bucket, Documents documents) {
        boolean decide = documents
                .find(bucket, Configurations.ABAC, new S3.AbacStatus())
                .flatMap(S3.AbacStatus::status)
                .filter(S3.BucketAbacStatus.ENABLED::equals)
                .isPresent();
        return decide
                ? documents
                        .find(bucket, Configurations.TAGGING, new S3.Tagging())
                        .map(tagging -> checked(tagging.tagSet(), MOST_OF_BUCKET))
                        .orElse(Map.of())
                : Map.of();
    }

    static List<S3.Tag> set(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new S3.Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }
}
