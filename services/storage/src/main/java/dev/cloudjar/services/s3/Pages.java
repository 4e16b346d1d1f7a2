package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.CORSConfiguration;
import dev.cloudjar.api.S3.CORSRule;
import dev.cloudjar.api.S3.GetObjectOutput;
import dev.cloudjar.api.S3.GetObjectRequest;
import dev.cloudjar.api.S3.Redirect;
import dev.cloudjar.api.S3.RoutingRule;
import dev.cloudjar.api.S3.WebsiteConfiguration;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Sites;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Buckets as websites, and as what pages of elsewhere may use. A visitor is nobody in particular: he sees what
/// the bucket lets everybody read.
final class Pages implements Sites {
    private static final Map<Integer, String> REASONS = Map.of(
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            301, "Moved Permanently");

    private final Kernel kernel;
    private final Buckets buckets;
    private final Documents documents;
    private final Reading reading;

    Pages(Parts parts, Reading reading) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.documents = parts.documents();
        this.reading = reading;
    }

    @Override
    public boolean knows(String bucket) {
        return asVisitor("", () -> buckets.find(bucket).isPresent());
    }

    @Override
    public boolean isShared(String bucket) {
        return asVisitor("", () -> rules(bucket).isPresent());
    }

    private Optional<CORSConfiguration> rules(String bucket) {
        return buckets.find(bucket)
                .flatMap(found -> documents.find(found, Configurations.CORS, new CORSConfiguration()));
    }

    @Override
    public Optional<Leave> leave(String bucket, Intent intent) {
        return asVisitor(
                "",
                () -> rules(bucket)
                        .flatMap(rules -> CorsRules.find(rules, intent.origin(), intent.method(), intent.headers()))
                        .map(rule -> leave(rule, intent)));
    }

    private static Leave leave(CORSRule rule, Intent intent) {
        String origin = rule.allowedOrigins().contains("*") ? "*" : intent.origin();
        List<String> headers = intent.headers().stream()
                .map(header -> header.strip().toLowerCase(Locale.ROOT))
                .toList();
        return new Leave(origin, rule.allowedMethods(), headers, rule.exposeHeaders(), rule.maxAgeSeconds());
    }

    private <R> R asVisitor(String account, ScopedValue.CallableOp<R, RuntimeException> work) {
        var request = new Call.Request(
                S3Service.ID, "GetObject", kernel.ids().uuid(), kernel.time().now(), "http://localhost");
        return Call.of(Principal.anonymous(), account, "us-east-1", request).run(work);
    }

    @Override
    public Page visit(String bucket, String path, boolean secure) {
        Optional<OwnedBucket> found = asVisitor("", () -> buckets.find(bucket));
        if (found.isEmpty()) {
            return asVisitor("", () -> plain(Refusals.noSuchBucket(bucket), bucket));
        }
        return asVisitor(found.get().owner(), () -> visit(found.get(), path.substring(1), secure));
    }

    private Page visit(OwnedBucket bucket, String key, boolean secure) {
        Optional<WebsiteConfiguration> website =
                documents.find(bucket, Configurations.WEBSITE, new WebsiteConfiguration());
        if (website.isEmpty()) {
            return plain(
                    Refusals.noConfiguration(
                            "NoSuchWebsiteConfiguration",
                            "The specified bucket does not have a website configuration",
                            bucket.name()),
                    key);
        }
        WebsiteConfiguration site = website.get();
        if (site.redirectAllRequestsTo().isPresent()) {
            var all = site.redirectAllRequestsTo().get();
            return moved(301, all.protocol().orElse(scheme(secure)) + "://" + all.hostName() + '/' + key);
        }
        return rule(site, key, Optional.empty())
                .map(rule -> redirected(rule, bucket, key, secure))
                .orElseGet(() -> page(bucket, site, key, secure));
    }

    private static String scheme(boolean secure) {
        return secure ? "https" : "http";
    }

    private Page page(OwnedBucket bucket, WebsiteConfiguration site, String key, boolean secure) {
        String suffix = site.indexDocument().map(index -> index.suffix()).orElse("index.html");
        String wanted = key.isEmpty() || key.endsWith("/") ? key + suffix : key;
        try {
            return shown(200, read(bucket, wanted));
        } catch (AwsError missing) {
            if (!wanted.equals(key) || !exists(bucket, key + '/' + suffix)) {
                return failed(bucket, site, wanted, missing, secure);
            }
            return moved(302, '/' + key + '/');
        }
    }

    private GetObjectOutput read(OwnedBucket bucket, String key) {
        kernel.require(Actions.access("GetObject", bucket.arn() + '/' + key));
        return reading.getObject(new GetObjectRequest().bucket(bucket.name()).key(key));
    }

    private boolean exists(OwnedBucket bucket, String key) {
        try {
            read(bucket, key);
            return true;
        } catch (AwsError missing) {
            return false;
        }
    }

    private static Page shown(int status, GetObjectOutput object) {
        Optional<String> elsewhere = object.websiteRedirectLocation();
        if (elsewhere.isPresent()) {
            return moved(301, elsewhere.get());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", object.contentType().orElse("binary/octet-stream"));
        object.eTag().ifPresent(etag -> headers.put("ETag", etag));
        object.lastModified().ifPresent(at -> headers.put("Last-Modified", Refusals.httpDate(at)));
        object.cacheControl().ifPresent(value -> headers.put("Cache-Control", value));
        object.contentEncoding().ifPresent(value -> headers.put("Content-Encoding", value));
        object.contentDisposition().ifPresent(value -> headers.put("Content-Disposition", value));
        object.contentLanguage().ifPresent(value -> headers.put("Content-Language", value));
        object.metadata().forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
        return new Page(status, headers, object.body().orElse(Body.of(Blob.EMPTY)));
    }

    private Page failed(OwnedBucket bucket, WebsiteConfiguration site, String key, AwsError reason, boolean secure) {
        int status = reason.code().status();
        Optional<RoutingRule> rule = rule(site, key, Optional.of(status));
        if (rule.isPresent()) {
            return redirected(rule.get(), bucket, key, secure);
        }
        Optional<String> document = site.errorDocument().map(error -> error.key());
        if (document.isEmpty()) {
            return plain(reason, key);
        }
        try {
            return shown(status, read(bucket, document.get()));
        } catch (AwsError missing) {
            return plain(reason, key);
        }
    }

    /// The first rule for this key, and for this status where there is one.
    private static Optional<RoutingRule> rule(WebsiteConfiguration site, String key, Optional<Integer> status) {
        return site.routingRules().stream()
                .filter(rule -> rule.condition()
                        .map(condition ->
                                key.startsWith(condition.keyPrefixEquals().orElse(""))
                                        && condition
                                                .httpErrorCodeReturnedEquals()
                                                .map(Integer::parseInt)
                                                .equals(status))
                        .orElse(status.isEmpty()))
                .findFirst();
    }

    private static Page redirected(RoutingRule rule, OwnedBucket bucket, String key, boolean secure) {
        Redirect to = rule.redirect();
        String prefix = rule.condition()
                .flatMap(condition -> condition.keyPrefixEquals())
                .orElse("");
        String target = to.replaceKeyWith()
                .or(() -> to.replaceKeyPrefixWith().map(with -> with + key.substring(prefix.length())))
                .orElse(key);
        String host = to.hostName().orElse(bucket.name() + ".s3-website-" + bucket.region() + ".amazonaws.com");
        boolean here = to.hostName().isEmpty() && to.protocol().isEmpty();
        String location = here ? '/' + target : to.protocol().orElse(scheme(secure)) + "://" + host + '/' + target;
        return moved(to.httpRedirectCode().map(Integer::parseInt).orElse(301), location);
    }

    private static Page moved(int status, String location) {
        return new Page(status, Map.of("Location", location), Body.of(Blob.EMPTY));
    }

    /// S3's own page for an error.
    private static Page plain(AwsError reason, String key) {
        int status = reason.code().status();
        String title = status + " " + REASONS.getOrDefault(status, "Error");
        String id = Call.current().request().id();
        String html = "<html>\n<head><title>" + title + "</title></head>\n<body>\n<h1>" + title
                + "</h1>\n<ul>\n<li>Code: "
                + reason.code().code() + "</li>\n<li>Message: " + reason.message() + "</li>\n"
                + (status == 404 ? "<li>Key: " + escaped(key) + "</li>\n" : "") + "<li>RequestId: " + RequestIds.s3(id)
                + "</li>\n<li>HostId: " + RequestIds.host(id) + "</li>\n</ul>\n<hr/>\n</body>\n</html>\n";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("x-amz-error-code", reason.code().code());
        headers.put("x-amz-error-message", reason.message());
        return new Page(status, headers, Body.of(Blob.of(html)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
