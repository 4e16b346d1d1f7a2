package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import java.util.Map;
import java.util.Set;

/// The `Principal` of a statement: everybody, or names by type (`AWS`, `Service`, `Federated`, `CanonicalUser`).
record Principals(boolean everybody, Map<String, Set<String>> names) {
    /// How closely a statement names who calls. What names a user or a session grants by itself; what names a
    /// role leaves its boundary and session policies to decide; what names an account leaves all to that
    /// account.
    enum Grant {
        NONE,
        ACCOUNT,
        ROLE,
        DIRECT
    }

    Grant grant(Principal who) {
        if (everybody) {
            return Grant.DIRECT;
        }
        return switch (who.kind()) {
            case SERVICE -> names("Service").contains(who.arn()) ? Grant.DIRECT : Grant.NONE;
            case ANONYMOUS -> Grant.NONE;
            case FEDERATED -> names("Federated").contains(who.arn()) ? Grant.DIRECT : Grant.NONE;
            case ROOT -> ofAccount(who) ? Grant.DIRECT : Grant.NONE;
            case USER, SESSION, FEDERATED_USER -> ofAws(who);
        };
    }

    private Grant ofAws(Principal who) {
        Set<String> aws = names("AWS");
        if (aws.contains(who.arn()) || aws.contains(who.userId())) {
            return Grant.DIRECT;
        }
        boolean role = who.kind() == Principal.Kind.SESSION
                && (aws.contains(who.session().issuer()) || aws.contains(who.issuerId()));
        if (role) {
            return Grant.ROLE;
        }
        return ofAccount(who) ? Grant.ACCOUNT : Grant.NONE;
    }

    private boolean ofAccount(Principal who) {
        Set<String> aws = names("AWS");
        return aws.contains(who.account())
                || aws.contains(Principal.root(who.account()).arn())
                || !names("CanonicalUser").isEmpty() && names("CanonicalUser").contains(who.canonicalId());
    }

    private Set<String> names(String type) {
        return names.getOrDefault(type, Set.of());
    }

    /// Whether these, named by NotPrincipal, are spared: session, role and account must all be named.
    boolean spares(Principal who) {
        if (everybody) {
            return true;
        }
        return switch (who.kind()) {
            case USER, FEDERATED_USER -> grant(who) == Grant.DIRECT && ofAccount(who);
            case SESSION ->
                grant(who) == Grant.DIRECT
                        && (names("AWS").contains(who.session().issuer())
                                || names("AWS").contains(who.issuerId()))
                        && ofAccount(who);
            default -> grant(who) == Grant.DIRECT;
        };
    }
}
