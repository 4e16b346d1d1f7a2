package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Sessions;
import dev.cloudjar.model.OperationSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What operations upon directory buckets want: those upon objects a session of the bucket, all others actions of
/// their own, upon ARNs of S3 Express.
final class DirectoryAccess {
    static final String SERVICE = "s3express";

    private static final String RESOURCE = "bucket/";
    private static final String SESSION = SERVICE + ":CreateSession";
    private static final String MODE = SERVICE + ":SessionMode";
    private static final String MODE_KEY = "s3express:sessionmode";
    private static final String READ_ONLY = "ReadOnly";
    private static final Set<String> READS = Set.of("""
            GetObject HeadObject GetObjectAttributes ListObjectsV2 ListParts ListMultipartUploads HeadBucket
            """.strip().split(" "));
    private static final Set<String> WRITES = Set.of("""
            PutObject DeleteObject DeleteObjects CopyObject RenameObject CreateMultipartUpload UploadPart UploadPartCopy
            CompleteMultipartUpload AbortMultipartUpload
            """.strip().split("\\s+"));

    private DirectoryAccess() {}

    static String arn(String bucket) {
        return Arn.here(SERVICE, RESOURCE + bucket).toString();
    }

    /// The name of the directory bucket that such an ARN is of.
    static Optional<String> bucket(Arn arn) {
        return arn.service().equals(SERVICE) && arn.resource().startsWith(RESOURCE)
                ? Optional.of(arn.resource().substring(RESOURCE.length()))
                : Optional.empty();
    }

    static List<Access> wanted(OperationSchema operation, Asked in, String bucket, Optional<Door> door) {
        String name = operation.name();
        boolean zonal = READS.contains(name) || WRITES.contains(name);
        Access own = Access.of(zonal ? SESSION : SERVICE + ':' + Actions.name(operation), arn(bucket));
        Access access = own.action().equals(SESSION) && !zonal
                ? own.with(MODE, in.filled("SessionMode").orElse("ReadWrite"))
                : own;
        List<Access> all = new ArrayList<>(
                door.map(d -> d.around(access, d.arn().toString())).orElseGet(() -> List.of(access)));
        if (in.has("CopySource")) {
            Source source = Source.of(in);
            boolean directory = Directories.isName(source.bucket());
            all.add(
                    directory
                            ? Access.of(SESSION, arn(source.bucket()))
                            : Actions.access("GetObject", "arn:aws:s3:::" + source.bucket() + '/' + source.key()));
        }
        return all;
    }

    /// Refuses to write in a session that only reads.
    static void checkMode(OperationSchema operation) {
        String mode = Call.current().principal().session().facts().getOrDefault(MODE_KEY, "");
        if (mode.equals(READ_ONLY) && WRITES.contains(operation.name())) {
            throw Refusals.denied();
        }
    }

    /// Credentials with which `caller` may use the objects of this bucket, and nothing else.
    static Sessions.Issued session(Kernel kernel, Principal caller, OwnedBucket bucket, String mode, Instant until) {
        Session old = caller.session();
        Map<String, Object> statement =
                Map.of("Effect", "Allow", "Action", SERVICE + ":*", "Resource", List.of(arn(bucket.name())));
        String only = Json.write(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
        Map<String, String> facts = new HashMap<>(old.facts());
        facts.put(MODE_KEY, mode);
        var session = new Session(
                old.isNone() ? caller.arn() : old.issuer(),
                kernel.time().now(),
                old.policies().isEmpty() ? List.of(only) : old.policies(),
                old.tags(),
                old.transitive(),
                facts,
                Optional.empty());
        var who = new Principal(caller.arn(), caller.account(), caller.userId(), session);
        return new Sessions(kernel).issue(who, until);
    }
}
