package dev.cloudjar.wire.auth;

import java.util.Locale;
import java.util.Optional;

/// The bucket that a host names in virtual-host style: `BUCKET.s3.amazonaws.com`, `BUCKET.s3.localhost:4566`.
public final class S3Host {
    private S3Host() {}

    /// The labels before the one that says S3 (`s3`, `s3-eu-west-1`, `s3-website-…`, `s3-accelerate`).
    public static Optional<String> bucket(String host) {
        int port = host.indexOf(':');
        String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
        int at = name.indexOf('.');
        while (at >= 0) {
            int end = name.indexOf('.', at + 1);
            String label = end < 0 ? name.substring(at + 1) : name.substring(at + 1, end);
            if (end > 0 && isS3(label)) {
                return Optional.of(name.substring(0, at));
            }
            at = end;
        }
        return Optional.empty();
    }

    private static boolean isS3(String label) {
        return label.equals("s3") || (label.startsWith("s3-") && !label.startsWith("s3-control"));
    }
}
