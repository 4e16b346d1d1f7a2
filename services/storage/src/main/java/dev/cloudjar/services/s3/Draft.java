package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.Struct;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an input says of an object it is about to write, held to S3's rules.
record Draft(Asked in) {
    private static final int LONGEST_KEY = 1024;
    private static final int MOST_METADATA = 2048;
    /// System headers that S3 keeps and gives back, by the names of their members.
    private static final List<String> KEPT = List.of(
            "CacheControl",
            "ContentDisposition",
            "ContentEncoding",
            "ContentLanguage",
            "ContentType",
            "Expires",
            "WebsiteRedirectLocation");

    private static final String STORAGE_CLASS = "StorageClass";
    private static final String EXPRESS = "EXPRESS_ONEZONE";

    static Draft of(Struct in) {
        return new Draft(new Asked(in));
    }

    static void checkKey(String key) {
        int size = key.length() * 3 <= LONGEST_KEY ? 0 : key.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST_KEY) {
            throw Details.of("Size", Integer.toString(size))
                    .and("MaxSizeAllowed", Integer.toString(LONGEST_KEY))
                    .refuse(Code.of("KeyTooLongError", 400), "Your key is too long");
        }
    }

    Version.Facts facts() {
        var headers = new LinkedHashMap<String, String>();
        for (String name : KEPT) {
            in.filled(name).ifPresent(value -> headers.put(name, value));
        }
        headers.putIfAbsent("ContentType", "binary/octet-stream");
        checkRedirect(headers.getOrDefault("WebsiteRedirectLocation", "/"));
        storageClass(headers);
        return new Version.Facts(headers, metadata(), Tags.ofHeader(in.text("Tagging")));
    }

    private static void checkRedirect(String location) {
        if (!location.startsWith("/") && !location.startsWith("http://") && !location.startsWith("https://")) {
            throw Refusals.of(
                    "InvalidRedirectLocation",
                    400,
                    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
        }
    }

    private void storageClass(Map<String, String> headers) {
        boolean directory = Directories.isName(in.bucket());
        String asked = in.filled(STORAGE_CLASS).orElse(directory ? EXPRESS : Version.STANDARD);
        boolean known = directory ? asked.equals(EXPRESS) : S3.StorageClass.VALUES.contains(asked);
        if (!known || asked.equals("OUTPOSTS") || asked.equals(EXPRESS) != directory) {
            throw Details.of("StorageClassRequested", asked)
                    .refuse(Code.of("InvalidStorageClass", 400), "The storage class you specified is not valid");
        }
        if (!asked.equals(Version.STANDARD)) {
            headers.put(STORAGE_CLASS, asked);
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = in.map("Metadata");
        int size = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            size += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > MOST_METADATA) {
            throw Details.of("Size", Integer.toString(size))
                    .and("MaxSizeAllowed", Integer.toString(MOST_METADATA))
                    .refuse(
                            Code.of("MetadataTooLarge", 400),
                            "Your metadata headers exceed the maximum allowed metadata size");
        }
        return metadata;
    }
}
