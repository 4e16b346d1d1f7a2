package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.sts.Issuing.Narrowing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Roles for those whom an identity provider vouches for: asks the trust policy, and issues the session.
final class Federation {
    private static final Duration USUAL = Duration.ofHours(1);

    /// A session as every operation tells of it.
    record Granted(Principal session, Sts.Credentials credentials, Optional<Integer> packed) {}

    private final Kernel kernel;
    private final Issuing issuing;

    Federation(Kernel kernel, Issuing issuing) {
        this.kernel = kernel;
        this.issuing = issuing;
    }

    Optional<Identities.Provider> provider(Arn arn) {
        return issuing.identities().provider(arn);
    }

    /// A session of the role `arn`, for as long as `in` asks but no longer than `longest`.
    Granted grant(Vouched who, Arn arn, Struct in, Duration longest) {
        AwsError denied = Issuing.denied("Not authorized to perform " + who.operation());
        Identities.Role role = issuing.identities().role(arn).orElseThrow(() -> denied);
        if (!isTrusted(who, arn)) {
            throw denied;
        }
        Duration lifetime = in.get("DurationSeconds") instanceof Integer seconds ? Duration.ofSeconds(seconds) : USUAL;
        if (lifetime.compareTo(role.longest()) > 0) {
            throw Issuing.VALIDATION.because(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        List<String> policies = Issuing.policies(in);
        var narrowing = new Narrowing(policies, who.tags(), who.transitive(), who.facts());
        Principal session = issuing.session(role, who.sessionName(), narrowing);
        Duration granted = lifetime.compareTo(longest) > 0 ? longest : lifetime;
        return new Granted(session, issuing.credentials(session, granted), Issuing.packed(policies, who.tags()));
    }

    /// Asks the role's trust policy whether it trusts this subject of this provider.
    private boolean isTrusted(Vouched who, Arn role) {
        var principal = new Principal(who.provider(), role.account(), who.subject());
        try {
            return Call.current().as(principal).in(role.account()).run(() -> {
                for (Access access : who.wants(role)) {
                    kernel.require(access);
                }
                return true;
            });
        } catch (AwsError refused) {
            return false;
        }
    }
}
