package dev.cloudjar.kernel;

import dev.cloudjar.model.Body;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What browsers ask beyond AWS's APIs: pages of a bucket that is a website, and whether pages of elsewhere may
/// use a bucket. The port of S3.
public interface Sites {
    /// What a page of `origin` is about to send: a method, and headers beyond the usual.
    record Intent(String origin, String method, List<String> headers) {}

    /// What it is told: whom the answer may be shown to, which methods, the headers it may send and may see,
    /// and for how many seconds that holds.
    record Leave(
            String origin,
            List<String> methods,
            List<String> headers,
            List<String> exposed,
            Optional<Integer> seconds) {}

    /// A page: what a visitor of a website gets.
    record Page(int status, Map<String, String> headers, Body body) {}

    /// Whether there is such a bucket.
    boolean knows(String bucket);

    /// Whether the bucket has rules for pages of elsewhere.
    boolean isShared(String bucket);

    /// What the bucket's rules say to `intent`, if they allow it.
    Optional<Leave> leave(String bucket, Intent intent);

    /// The page of the website `bucket` at `path`, which begins with a slash.
    Page visit(String bucket, String path, boolean secure);
}
