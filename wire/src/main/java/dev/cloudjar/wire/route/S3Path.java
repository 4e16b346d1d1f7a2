package dev.cloudjar.wire.route;

import dev.cloudjar.wire.auth.S3Host;
import dev.cloudjar.wire.http.HttpRequest;

/// The path of a request to S3 as path style writes it, whichever style it came in: `/bucket/key`, still encoded.
record S3Path(String path) {
    static S3Path of(HttpRequest request) {
        String raw = request.path().isEmpty() ? "/" : request.path();
        String whole =
                S3Host.bucket(request.host()).map(bucket -> '/' + bucket + raw).orElse(raw);
        int slash = whole.indexOf('/', 1);
        return new S3Path(slash > 0 && slash == whole.length() - 1 ? whole.substring(0, slash) : whole);
    }

    /// `SERVICE`, `BUCKET` or `OBJECT`, as S3's errors call them.
    String resourceType() {
        if (path.length() <= 1) {
            return "SERVICE";
        }
        return path.indexOf('/', 1) < 0 ? "BUCKET" : "OBJECT";
    }
}
