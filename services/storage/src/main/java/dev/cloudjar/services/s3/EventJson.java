package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.ReplicationRule;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What S3 tells of an object: the records that queues, topics and functions get, and the detail that
/// EventBridge gets.
final class EventJson {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final Map<String, String> REASONS = Map.of(
            "ObjectCreated:Put", "PutObject",
            "ObjectCreated:Post", "POST Object",
            "ObjectCreated:Copy", "CopyObject",
            "ObjectCreated:CompleteMultipartUpload", "CompleteMultipartUpload",
            "ObjectRemoved:Delete", "DeleteObject",
            "ObjectRemoved:DeleteMarkerCreated", "DeleteObject",
            "LifecycleExpiration:Delete", "Lifecycle Expiration",
            "LifecycleExpiration:DeleteMarkerCreated", "Lifecycle Expiration");

    private static final String TRANSITION = "LifecycleTransition";
    private static final String TIERING = "IntelligentTiering";
    private static final List<String> MOVES = List.of(TRANSITION, TIERING);

    /// Kinds of event that came later, in a newer version of the message.
    private static final List<String> NEWER =
            List.of("Lifecycle", TIERING, "ObjectAcl", "ObjectTagging", "ObjectRestore:Delete");

    private static final String REPLICATION = "Replication";
    private static final String SELF = "s3.amazonaws.com";

    private EventJson() {}

    /// What has happened to a version: its name (`ObjectCreated:Put`), and what only its record tells.
    record Happening(String name, Map<String, Object> more) {
        static Happening of(String name) {
            return new Happening(name, Map.of());
        }

        /// That `rule` could not copy what came into being at `requested`.
        static Happening notReplicated(ReplicationRule rule, Instant requested, String reason) {
            Map<String, Object> data =
                    data(rule.id().orElse(""), rule.destination().bucket(), requested);
            data.put("failureReason", reason);
            return replication("OperationFailedReplication", data);
        }

        /// What has become of the copying by a rule of what came into being at `requested`.
        static Happening replication(String event, String rule, String destination, Instant requested) {
            return replication(event, data(rule, destination, requested));
        }

        private static Happening replication(String event, Map<String, Object> data) {
            return new Happening(REPLICATION + ':' + event, Map.of("replicationEventData", data));
        }

        private static Map<String, Object> data(String rule, String destination, Instant requested) {
            var data = new LinkedHashMap<String, Object>();
            data.put("replicationRuleId", rule);
            data.put("destinationBucket", destination);
            data.put("s3Operation", "OBJECT_PUT");
            data.put("requestTime", time(requested));
            return data;
        }
    }

    static String test(OwnedBucket bucket, String requestId, Instant now) {
        var event = new LinkedHashMap<String, Object>();
        event.put("Service", "Amazon S3");
        event.put("Event", "s3:TestEvent");
        event.put("Time", time(now));
        event.put("Bucket", bucket.name());
        event.put("RequestId", RequestIds.s3(requestId));
        event.put("HostId", RequestIds.host(requestId));
        return Json.write(event);
    }

    private static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /// The message for one listener about what has happened to a version.
    static String records(OwnedBucket bucket, Version version, Happening what, String listener, Instant now) {
        Call call = Call.current();
        String name = what.name();
        boolean self = name.startsWith(REPLICATION);
        String request = call.request().id();
        var event = new LinkedHashMap<String, Object>();
        event.put("eventVersion", version(name));
        event.put("eventSource", "aws:s3");
        event.put("awsRegion", bucket.region());
        event.put("eventTime", time(now));
        event.put("eventName", eventName(name));
        event.put("userIdentity", Map.of("principalId", self ? SELF : principal(call)));
        event.put("requestParameters", Map.of("sourceIPAddress", self ? SELF : "127.0.0.1"));
        var response = new LinkedHashMap<String, Object>();
        response.put("x-amz-request-id", RequestIds.s3(request));
        response.put("x-amz-id-2", RequestIds.host(request));
        event.put("responseElements", response);
        var s3 = new LinkedHashMap<String, Object>();
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", listener);
        s3.put("bucket", bucket(bucket));
        s3.put("object", object(bucket, version, name));
        event.put("s3", s3);
        event.putAll(more(version, name));
        event.putAll(what.more());
        return Json.write(Map.of("Records", List.of(event)));
    }

    /// What the listeners know an event by: `LifecycleTransition` of `LifecycleTransition:GLACIER`, whose end
    /// says where to.
    static String eventName(String name) {
        return MOVES.stream().filter(name::startsWith).findFirst().orElse(name);
    }

    private static String version(String name) {
        if (name.startsWith(REPLICATION)) {
            return "2.2";
        }
        return NEWER.stream().anyMatch(name::startsWith) ? "2.3" : "2.1";
    }

    private static String destination(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /// What only events of its kind tell.
    private static Map<String, Object> more(Version version, String name) {
        if (name.startsWith(TRANSITION)) {
            Map<String, Object> to = Map.of("destinationStorageClass", destination(name));
            return Map.of("lifecycleEventData", Map.of("transitionEventData", to));
        }
        if (name.startsWith(TIERING)) {
            return Map.of("intelligentTieringEventData", Map.of("destinationAccessTier", destination(name)));
        }
        if (name.equals("ObjectRestore:Completed") && version.extra().restored().isPresent()) {
            Map<String, Object> restored = Map.of(
                    "lifecycleRestorationExpiryTime",
                            time(version.extra().restored().get()),
                    "lifecycleRestoreStorageClass", version.storageClass());
            return Map.of("glacierEventData", Map.of("restoreEventData", restored));
        }
        return Map.of();
    }

    private static String principal(Call call) {
        return call.principal().equals(Principal.anonymous())
                ? "Anonymous"
                : "AWS:" + call.principal().userId();
    }

    private static Map<String, Object> bucket(OwnedBucket bucket) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", bucket.name());
        told.put("ownerIdentity", Map.of("principalId", Canonical.id(bucket.owner())));
        told.put("arn", bucket.arn());
        return told;
    }

    private static Map<String, Object> object(OwnedBucket bucket, Version version, String name) {
        var told = new LinkedHashMap<String, Object>();
        told.put("key", new Spelling(true).of(version.key().name()));
        if (name.startsWith("ObjectCreated") || name.startsWith(REPLICATION)) {
            told.put("size", version.content().size());
        }
        if (!version.marker() && !name.endsWith("Delete")) {
            told.put("eTag", version.content().etag());
        }
        if (bucket.hasVersions()) {
            told.put("versionId", version.id());
        }
        told.put("sequencer", sequencer(version));
        return told;
    }

    /// Rises with each change of a key.
    private static String sequencer(Version version) {
        return String.format("%018X", Long.MAX_VALUE - version.key().rank());
    }

    /// The `detail-type` of an event for EventBridge.
    static String detailType(String name) {
        return switch (name.substring(0, name.indexOf(':'))) {
            case "ObjectCreated" -> "Object Created";
            case "ObjectTagging" -> name.endsWith("Put") ? "Object Tags Added" : "Object Tags Deleted";
            case "ObjectAcl" -> "Object ACL Updated";
            case "ObjectRestore" -> name.endsWith("Post") ? "Object Restore Initiated" : "Object Restore Completed";
            case TRANSITION -> "Object Storage Class Changed";
            case TIERING -> "Object Access Tier Changed";
            default -> "Object Deleted";
        };
    }

    static String detail(OwnedBucket bucket, Version version, String name) {
        Call call = Call.current();
        var object = new LinkedHashMap<String, Object>();
        object.put("key", version.key().name());
        if (!version.marker() && !name.endsWith("Delete")) {
            object.put("size", version.content().size());
            object.put("etag", version.content().etag());
        }
        if (bucket.hasVersions()) {
            object.put("version-id", version.id());
        }
        object.put("sequencer", sequencer(version));
        var detail = new LinkedHashMap<String, Object>();
        detail.put("version", "0");
        detail.put("bucket", Map.of("name", bucket.name()));
        detail.put("object", object);
        detail.put("request-id", RequestIds.s3(call.request().id()));
        detail.put("requester", call.principal().account());
        detail.put("source-ip-address", "127.0.0.1");
        if (REASONS.containsKey(name)) {
            detail.put("reason", REASONS.get(name));
        }
        if (name.startsWith(TRANSITION)) {
            detail.put("destination-storage-class", destination(name));
        } else if (name.startsWith(TIERING)) {
            detail.put("destination-access-tier", destination(name));
        }
        if (detailType(name).equals("Object Deleted")) {
            detail.put("deletion-type", version.marker() ? "Delete Marker Created" : "Permanently Deleted");
        }
        return Json.write(detail);
    }
}
