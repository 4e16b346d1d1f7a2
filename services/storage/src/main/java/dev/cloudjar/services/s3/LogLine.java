package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Witness.Answer;
import dev.cloudjar.kernel.Witness.Asked;
import dev.cloudjar.model.OperationSchema;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One request as a line of a bucket's access log: fields with spaces between, a dash for what is not known.
final class LogLine {
    private static final String NONE = "-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'['dd/MMM/uuuu:HH:mm:ss +0000']'", Locale.ENGLISH);

    /// What the log calls the resource of an operation, and the operations that mean it.
    private static final String RESOURCES = """
            OBJECT GetObject HeadObject PutObject DeleteObject
            OBJECT_GET CopyObject
            MULTI_OBJECT_DELETE DeleteObjects
            BUCKET ListObjects ListObjectsV2 HeadBucket CreateBucket DeleteBucket
            BUCKETVERSIONS ListObjectVersions
            UPLOADS CreateMultipartUpload ListMultipartUploads
            UPLOAD CompleteMultipartUpload AbortMultipartUpload ListParts
            PART UploadPart
            PART_GET UploadPartCopy
            OBJECT_ATTRIBUTES GetObjectAttributes
            OBJECT_TAGGING GetObjectTagging PutObjectTagging DeleteObjectTagging
            OBJECT_LOCK_RETENTION GetObjectRetention PutObjectRetention
            OBJECT_LOCK_LEGALHOLD GetObjectLegalHold PutObjectLegalHold
            OBJECT_LOCK_CONFIGURATION GetObjectLockConfiguration PutObjectLockConfiguration
            ACL GetObjectAcl PutObjectAcl GetBucketAcl PutBucketAcl
            TORRENT GetObjectTorrent
            RESTORE RestoreObject
            SELECT SelectObjectContent
            VERSIONING GetBucketVersioning PutBucketVersioning
            LOGGING_STATUS GetBucketLogging PutBucketLogging
            BUCKETPOLICY GetBucketPolicy PutBucketPolicy DeleteBucketPolicy
            BUCKETPOLICYSTATUS GetBucketPolicyStatus
            LOCATION GetBucketLocation
            TAGGING GetBucketTagging PutBucketTagging DeleteBucketTagging
            LIFECYCLE GetBucketLifecycleConfiguration PutBucketLifecycleConfiguration DeleteBucketLifecycle
            ENCRYPTION GetBucketEncryption PutBucketEncryption DeleteBucketEncryption UpdateObjectEncryption
            CORS GetBucketCors PutBucketCors DeleteBucketCors
            WEBSITE GetBucketWebsite PutBucketWebsite DeleteBucketWebsite
            NOTIFICATION GetBucketNotificationConfiguration PutBucketNotificationConfiguration
            REQUEST_PAYMENT GetBucketRequestPayment PutBucketRequestPayment
            REPLICATION GetBucketReplication PutBucketReplication DeleteBucketReplication
            ACCELERATE GetBucketAccelerateConfiguration PutBucketAccelerateConfiguration
            PUBLIC_ACCESS_BLOCK GetPublicAccessBlock PutPublicAccessBlock DeletePublicAccessBlock
            OWNERSHIP_CONTROLS GetBucketOwnershipControls PutBucketOwnershipControls DeleteBucketOwnershipControls
            INVENTORY GetBucketInventoryConfiguration PutBucketInventoryConfiguration
            INVENTORY DeleteBucketInventoryConfiguration ListBucketInventoryConfigurations
            ANALYTICS GetBucketAnalyticsConfiguration PutBucketAnalyticsConfiguration
            ANALYTICS DeleteBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations
            METRICS GetBucketMetricsConfiguration PutBucketMetricsConfiguration
            METRICS DeleteBucketMetricsConfiguration ListBucketMetricsConfigurations
            INTELLIGENT_TIERING GetBucketIntelligentTieringConfiguration PutBucketIntelligentTieringConfiguration
            INTELLIGENT_TIERING DeleteBucketIntelligentTieringConfiguration
            INTELLIGENT_TIERING ListBucketIntelligentTieringConfigurations
            """;

    private static final Map<String, String> BY_OPERATION = Dictionary.of(RESOURCES);

    private final Kernel kernel;
    private final Objects objects;

    LogLine(Parts parts) {
        this.kernel = parts.kernel();
        this.objects = parts.objects();
    }

    String of(OwnedBucket bucket, Asked asked, Answer answer) {
        Call call = Call.current();
        Optional<String> key = Optional.ofNullable(asked.labels().get("Key"));
        String id = call.request().id();
        long millis = Duration.between(call.request().at(), kernel.time().now()).toMillis();
        return String.join(
                " ",
                Canonical.id(bucket.owner()),
                bucket.name(),
                TIME.format(call.request().at().atOffset(ZoneOffset.UTC)),
                fact(call, "aws:sourceip"),
                requester(call),
                RequestIds.s3(id),
                operation(asked),
                key.map(LogLine::coded).orElse(NONE),
                '"' + asked.method() + ' ' + asked.uri() + " HTTP/1.1\"",
                Integer.toString(answer.status()),
                answer.error().isEmpty() ? NONE : answer.error(),
                number(answer.sent()),
                number(key.map(name -> size(bucket, name)).orElse(OptionalLong.empty())),
                Long.toString(millis),
                Long.toString(millis),
                quoted(fact(call, "aws:referer")),
                quoted(fact(call, "aws:useragent")),
                version(asked.uri()),
                RequestIds.host(id),
                signature(call),
                NONE,
                authentication(call),
                asked.host(),
                NONE,
                NONE,
                NONE,
                bucket.region());
    }

    private static String fact(Call call, String name) {
        List<String> values = call.facts().of(name);
        return values.isEmpty() ? NONE : values.getFirst();
    }

    private static String requester(Call call) {
        Principal who = call.principal();
        return switch (who.kind()) {
            case ANONYMOUS -> NONE;
            case ROOT -> Canonical.id(who.account());
            default -> who.arn();
        };
    }

    private static String operation(Asked asked) {
        OperationSchema operation = asked.operation();
        String resource = BY_OPERATION.getOrDefault(operation.name(), "BUCKET");
        boolean copy = resource.endsWith("_GET");
        return "REST." + (copy ? "COPY" : asked.method()) + '.'
                + (copy ? resource.substring(0, resource.indexOf('_')) : resource);
    }

    /// The key in one spelling, however the client encoded it.
    private static String coded(String label) {
        return URLEncoder.encode(
                        URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("%2F", "/");
    }

    private OptionalLong size(OwnedBucket bucket, String label) {
        String key = URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8);
        return kernel.transact(() -> objects.current(bucket, key))
                .map(version -> OptionalLong.of(version.content().size()))
                .orElse(OptionalLong.empty());
    }

    private static String number(OptionalLong value) {
        return value.isEmpty() || value.getAsLong() == 0 ? NONE : Long.toString(value.getAsLong());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    private static String version(String uri) {
        int at = uri.indexOf("versionId=");
        if (at < 0) {
            return NONE;
        }
        int end = uri.indexOf('&', at);
        return uri.substring(at + "versionId=".length(), end < 0 ? uri.length() : end);
    }

    private static String signature(Call call) {
        return call.principal().kind() == Principal.Kind.ANONYMOUS ? NONE : "SigV4";
    }

    private static String authentication(Call call) {
        if (call.principal().kind() == Principal.Kind.ANONYMOUS) {
            return NONE;
        }
        return fact(call, "s3:authtype").equals("REST-QUERY-STRING") ? "QueryString" : "AuthHeader";
    }
}
