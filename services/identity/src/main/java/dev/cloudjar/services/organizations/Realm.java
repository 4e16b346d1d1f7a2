package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An organization with its one root.
///
/// @param key the id, `o-` and ten letters or digits
/// @param types the policy types that are enabled in the root
/// @param services the services that may act in all accounts, since when
/// @param delegation the policy that lets others than the management account do some of its work
record Realm(
        String key,
        String root,
        String management,
        String featureSet,
        List<String> types,
        Map<String, Instant> services,
        Optional<Delegation> delegation)
        implements Row<String> {
    static final String ALL = "ALL";

    record Delegation(String id, String policy) {}

    boolean hasAllFeatures() {
        return featureSet.equals(ALL);
    }

    Realm with(String features) {
        return new Realm(key, root, management, features, types, services, delegation);
    }

    Realm typed(List<String> enabled) {
        return new Realm(key, root, management, featureSet, enabled, services, delegation);
    }

    Realm serving(Map<String, Instant> trusted) {
        return new Realm(key, root, management, featureSet, types, trusted, delegation);
    }

    Realm delegating(Optional<Delegation> other) {
        return new Realm(key, root, management, featureSet, types, services, other);
    }
}
