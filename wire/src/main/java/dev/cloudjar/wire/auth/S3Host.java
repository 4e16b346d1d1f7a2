package dev.cloudjar.wire.auth;

import java.util.Locale;
import java.util.Optional;

/// The bucket that a host names in virtual-host style: `BUCKET.s3.amazonaws.com`, `BUCKET.s3.localhost:4566`.
public final class S3Host {
    private S3Host() {}

    private static final String LOCAL = ".localhost";
    private static final String GLOBAL = ".accesspoint";

    /// The labels before the last one that says S3 (`s3`, `s3-eu-west-1`, `s3-accesspoint`); of a `.localhost`
    /// that says nothing of S3, all of them, for that is where clients in virtual-host style put the bucket.
    public static Optional<String> bucket(String host) {
        int port = host.lastIndexOf(':');
        String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
        int end = name.lastIndexOf('.');
        while (end > 0) {
            int dot = name.lastIndexOf('.', end - 1);
            if (isS3(name, dot + 1, end)) {
                return dot < 0 ? Optional.empty() : Optional.of(before(name, dot));
            }
            end = dot;
        }
        return name.endsWith(LOCAL) ? Optional.of(name.substring(0, name.length() - LOCAL.length())) : Optional.empty();
    }

    /// Of `ALIAS.mrap.accesspoint.s3-global.amazonaws.com`, a multi-region access point's, the alias.
    private static String before(String name, int dot) {
        String bucket = name.substring(0, dot);
        return bucket.endsWith(GLOBAL) && name.startsWith("s3-global", dot + 1)
                ? bucket.substring(0, bucket.length() - GLOBAL.length())
                : bucket;
    }

    private static boolean isS3(String name, int from, int to) {
        return name.startsWith("s3", from)
                && (to - from == 2
                        || (name.charAt(from + 2) == '-' && !name.startsWith("control", from + 3))
                        || name.startsWith("express", from + 2));
    }
}
