package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.model.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;

/// The role in whose name a bucket's versions are copied, which must be allowed to read here and to write there.
final class ReplicationRole {
    private static final String SERVICE = "s3.amazonaws.com";

    private final Kernel kernel;

    ReplicationRole(Kernel kernel) {
        this.kernel = kernel;
    }

    /// What AWS calls the reason for which `role` may not copy the version; empty where it may.
    String obstacle(String role, OwnedBucket from, Version version, OwnedBucket to) {
        Principal who;
        try {
            who = principal(Arn.parse(role).orElseThrow());
        } catch (AwsError refused) {
            return "AssumeRoleNotPermitted";
        }
        String reading = refusal(who, from, read(from, version));
        return reading.isEmpty() ? refusal(who, to, written(version, to)) : reading;
    }

    private Principal principal(Arn role) {
        return kernel.port(Roles.class)
                .map(roles -> roles.assume(role, "s3-replication", SERVICE).principal())
                .orElseGet(() -> Principal.root(role.account()));
    }

    private static Map<String, Access> read(OwnedBucket from, Version version) {
        String object = from.arn() + "/" + version.key().name();
        var wanted = new LinkedHashMap<String, Access>();
        wanted.put("SrcGetReplicationNotPermitted", Actions.access("GetReplicationConfiguration", from.arn()));
        if (!version.marker()) {
            wanted.put("SrcGetObjectNotPermitted", Actions.access("GetObjectVersionForReplication", object));
            wanted.put("SrcGetAclNotPermitted", Actions.access("GetObjectVersionAcl", object));
        }
        if (!version.facts().tags().isEmpty()) {
            wanted.put("SrcGetTaggingNotPermitted", Actions.access("GetObjectVersionTagging", object));
        }
        return wanted;
    }

    private static Map<String, Access> written(Version version, OwnedBucket to) {
        String object = to.arn() + "/" + version.key().name();
        var wanted = new LinkedHashMap<String, Access>();
        if (version.marker()) {
            wanted.put("DstDelObjNotPermitted", Actions.access("ReplicateDelete", object));
        } else {
            wanted.put("DstPutObjectNotPermitted", Actions.access("ReplicateObject", object));
        }
        if (!version.facts().tags().isEmpty()) {
            wanted.put("DstPutTaggingNotPermitted", Actions.access("ReplicateTags", object));
        }
        return wanted;
    }

    /// The name of the first access that is not granted.
    private String refusal(Principal who, OwnedBucket bucket, Map<String, Access> wanted) {
        return Call.current().in(bucket.owner(), bucket.region()).as(who).run(() -> {
            for (Map.Entry<String, Access> each : wanted.entrySet()) {
                try {
                    kernel.require(each.getValue());
                } catch (AwsError denied) {
                    return each.getKey();
                }
            }
            return "";
        });
    }
}
