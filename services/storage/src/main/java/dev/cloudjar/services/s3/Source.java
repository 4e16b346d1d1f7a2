package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.Struct;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The object that a copy is made of, as `x-amz-copy-source` names it: `bucket/key` or its ARN in an access
/// point, perhaps with a version, encoded as in a URL.
record Source(String bucket, String key, Optional<String> version) {
    private static final String VERSION = "?versionId=";
    private static final String HEADER = "x-amz-copy-source";

    static Source of(Asked in) {
        String text = in.text("CopySource").orElse("");
        int question = text.indexOf(VERSION);
        Optional<String> version =
                question < 0 ? Optional.empty() : Optional.of(text.substring(question + VERSION.length()));
        String path = decoded(question < 0 ? text : text.substring(0, question));
        String bare = throughAccessPoint(path.startsWith("/") ? path.substring(1) : path);
        int slash = bare.indexOf('/');
        if (in.has("UploadId") && (slash < 1 || slash == bare.length() - 1)) {
            String what = bare.isEmpty() || slash == 0 ? "bucket name" : "object key";
            throw Refusals.argument("Invalid copy source " + what, HEADER, text);
        }
        if (slash < 1 || slash == bare.length() - 1) {
            throw Refusals.argument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", HEADER, text);
        }
        return new Source(bare.substring(0, slash), bare.substring(slash + 1), version);
    }

    /// `name-account/key` of an object's ARN in an access point, `alias/key` of one in a multi-region one.
    private static String throughAccessPoint(String path) {
        return Arn.parse(path)
                .filter(arn -> Door.isIn(arn.resource()))
                .map(arn -> {
                    String name = Door.name(arn.resource());
                    String key = arn.resource().substring(Door.resource(name).length());
                    String bucket = arn.region().isEmpty() ? name : name + '-' + arn.account();
                    return bucket + key.replaceFirst("/object", "");
                })
                .orElse(path);
    }

    /// A plus sign is a plus sign here, not a space.
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusals.argument("Invalid copy source encoding.", HEADER, text);
        }
    }

    /// An input that reads the source.
    Asked reading(Asked in) {
        Struct read = new dev.cloudjar.api.S3.GetObjectRequest()
                .bucket(bucket)
                .key(key)
                .versionId(version)
                .expectedBucketOwner(in.filled("ExpectedSourceBucketOwner"));
        return new Asked(read);
    }
}
