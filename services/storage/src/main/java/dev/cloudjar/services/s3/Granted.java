package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;

/// What S3 Access Grants keeps: the instance of an account in a region, places with the roles that get there, and
/// grants of those places.
final class Granted {
    private Granted() {}

    /// The instance, of which there is one. `policy` lets other accounts in, empty where it has none.
    record Instance(String key, Instant created, String identityCenter, String policy, Instant policySince)
            implements Row<String> {
        static final String ID = "default";

        Instance identityCenter(String other) {
            return new Instance(key, created, other, policy, policySince);
        }

        Instance policy(String other, Instant since) {
            return new Instance(key, created, identityCenter, other, since);
        }
    }

    /// A place: `s3://`, a bucket or a prefix.
    record Location(String key, Instant created, String scope, String role) implements Row<String> {
        Location with(String other) {
            return new Location(key, created, scope, other);
        }
    }

    /// A grant: who (type and identifier) may do what where.
    record Grant(String key, Instant created, String location, List<String> grantee, String permission, Where where)
            implements Row<String> {}

    /// A stretch of a location, what it comes to, and through which application.
    record Where(String sub, String scope, String application) {}
}
