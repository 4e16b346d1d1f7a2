package dev.cloudjar.services.s3;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.util.List;

/// The rules for names of buckets.
final class BucketName {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 63;
    private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> SUFFIXES = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    static void check(String name) {
        if (!isValid(name)) {
            throw invalid(name);
        }
    }

    static AwsError invalid(String name) {
        return Details.of("BucketName", name)
                .refuse(Code.of("InvalidBucketName", 400), "The specified bucket is not valid.");
    }

    static boolean isValid(String name) {
        return name.length() >= SHORTEST
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> isEdge(c) || c == '-' || c == '.')
                && isEdge(name.charAt(0))
                && isEdge(name.charAt(name.length() - 1))
                && !name.contains("..")
                && !isAddress(name)
                && PREFIXES.stream().noneMatch(name::startsWith)
                && SUFFIXES.stream().noneMatch(name::endsWith);
    }

    private static boolean isEdge(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /// Four numbers with dots between.
    private static boolean isAddress(String name) {
        return name.chars().filter(c -> c == '.').count() == 3
                && name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
