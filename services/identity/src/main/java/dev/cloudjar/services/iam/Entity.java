package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A user, group or role. Names are unique whatever their case, so the id is the name in lower case.
record Entity(Name name, String uniqueId, Instant created, Grants grants, List<String> groups, Optional<RoleFacts> role)
        implements Resource {
    /// What an entity is called, and the path before that.
    record Name(String path, String text) {
        String wire() {
            return path + text;
        }
    }

    /// The policies that an entity holds: ARNs of managed ones, inline ones by name, the boundary's ARN.
    record Grants(List<String> attached, Map<String, String> inline, Optional<String> boundary) {
        static final Grants NONE = new Grants(List.of(), Map.of(), Optional.empty());

        Grants attach(String arn) {
            var more = new ArrayList<>(attached);
            if (!more.contains(arn)) {
                more.add(arn);
            }
            return new Grants(more, inline, boundary);
        }

        Grants detach(String arn) {
            return new Grants(attached.stream().filter(a -> !a.equals(arn)).toList(), inline, boundary);
        }

        Grants inline(String policy, String text) {
            var more = new LinkedHashMap<>(inline);
            more.put(policy, text);
            return new Grants(attached, more, boundary);
        }

        Grants without(String policy) {
            var rest = new LinkedHashMap<>(inline);
            rest.remove(policy);
            return new Grants(attached, rest, boundary);
        }

        Grants bounded(Optional<String> arn) {
            return new Grants(attached, inline, arn);
        }
    }

    /// What only roles have. `used` is when and where a session of the role made its last call.
    record RoleFacts(String trust, Optional<String> description, int maxSession, Optional<Used> used) {
        RoleFacts trusting(String other) {
            return new RoleFacts(other, description, maxSession, used);
        }

        RoleFacts used(Used latest) {
            return new RoleFacts(trust, description, maxSession, Optional.of(latest));
        }
    }

    /// When a credential was last used, for which service, where.
    record Used(Instant at, String service, String region) {}

    @Override
    public String id() {
        return id(name.text());
    }

    static String id(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Entity granted(UnaryOperator<Grants> change) {
        return new Entity(name, uniqueId, created, change.apply(grants), groups, role);
    }

    Entity named(Name other) {
        return new Entity(other, uniqueId, created, grants, groups, role);
    }

    Entity in(List<String> others) {
        return new Entity(name, uniqueId, created, grants, List.copyOf(others), role);
    }

    Entity acting(RoleFacts facts) {
        return new Entity(name, uniqueId, created, grants, groups, Optional.of(facts));
    }

    RoleFacts facts() {
        return role.orElseThrow();
    }
}
