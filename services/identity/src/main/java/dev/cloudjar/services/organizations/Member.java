package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An account of an organization, and the services for which it is delegated administrator, since when.
///
/// @param key the number of the account
/// @param joined when, and whether it was `CREATED` or `INVITED`
/// @param closed when it was closed
record Member(
        String key,
        String organization,
        String parent,
        Identity identity,
        Joined joined,
        Optional<Instant> closed,
        Map<String, Instant> delegated)
        implements Row<String> {
    record Identity(String name, String email) {}

    record Joined(Instant at, String method) {}

    Member mailed(String email) {
        return new Member(key, organization, parent, new Identity(identity.name(), email), joined, closed, delegated);
    }

    Member under(String other) {
        return new Member(key, organization, other, identity, joined, closed, delegated);
    }

    Member closedAt(Instant at) {
        return new Member(key, organization, parent, identity, joined, Optional.of(at), delegated);
    }

    Member administering(Map<String, Instant> services) {
        return new Member(key, organization, parent, identity, joined, closed, services);
    }
}
