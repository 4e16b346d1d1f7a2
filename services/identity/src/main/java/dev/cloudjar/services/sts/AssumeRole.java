package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.services.sts.Issuing.Narrowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// AssumeRole, once the role's trust policy and the caller's own have let it.
final class AssumeRole implements Sts {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final String SOURCE_IDENTITY = "aws:sourceidentity";

    private final Issuing issuing;

    AssumeRole(Issuing issuing) {
        this.issuing = issuing;
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest in) {
        Issuing.checkNotRoot();
        Principal caller = Call.current().principal();
        Identities.Role role = issuing.role(in.roleArn());
        Duration lifetime = lifetime(caller, role, in.durationSeconds());
        issuing.checkMfa(caller, in.serialNumber(), in.tokenCode());
        Map<String, String> tags = tags(caller.session(), in);
        var transitive = new ArrayList<>(caller.session().transitive());
        transitive.addAll(in.transitiveTagKeys());
        Optional<String> source = source(caller, in.sourceIdentity());
        Map<String, String> facts = new HashMap<>();
        source.ifPresent(identity -> facts.put(SOURCE_IDENTITY, identity));
        List<String> policies = Issuing.policies(in);
        Principal session =
                issuing.session(role, in.roleSessionName(), new Narrowing(policies, tags, transitive, facts));
        return new AssumeRoleResponse()
                .credentials(issuing.credentials(session, lifetime))
                .assumedRoleUser(Issuing.user(session))
                .packedPolicySize(Issuing.packed(policies, tags))
                .sourceIdentity(source);
    }

    /// A role that assumes a role does so for an hour at most.
    private static Duration lifetime(Principal caller, Identities.Role role, Optional<Integer> seconds) {
        Duration asked = seconds.map(Duration::ofSeconds).orElse(USUAL);
        if (asked.compareTo(role.longest()) > 0) {
            throw Issuing.VALIDATION.because(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (caller.kind() == Principal.Kind.SESSION && asked.compareTo(USUAL) > 0) {
            throw Issuing.VALIDATION.because("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining.");
        }
        return asked;
    }

    /// The tags of the call over those that the caller's session hands on.
    private static Map<String, String> tags(Session session, AssumeRoleRequest in) {
        var tags = new LinkedHashMap<String, String>();
        session.transitive().forEach(key -> tags.put(key, session.tags().getOrDefault(key, "")));
        for (Tag tag : in.tags()) {
            if (session.transitive().stream().anyMatch(key -> key.equalsIgnoreCase(tag.key()))) {
                throw Issuing.INVALID_PARAMETER.because("One of the specified transitive tag keys can't be set because"
                        + " it conflicts with a transitive tag key from the calling session.");
            }
        }
        tags.putAll(Issuing.tags(in.tags()));
        for (String key : in.transitiveTagKeys()) {
            if (!tags.containsKey(key)) {
                throw Issuing.INVALID_PARAMETER.because(
                        "The specified transitive tag key must be included in the requested tags.");
            }
        }
        return tags;
    }

    /// Once set, a source identity stays through all sessions that follow.
    private static Optional<String> source(Principal caller, Optional<String> asked) {
        Optional<String> now = Optional.ofNullable(caller.session().facts().get(SOURCE_IDENTITY));
        if (now.isPresent() && asked.isPresent() && !now.equals(asked)) {
            throw Issuing.denied("The source identity of the calling session cannot be changed.");
        }
        asked.filter(identity -> identity.toLowerCase(Locale.ROOT).startsWith("aws:"))
                .ifPresent(identity -> {
                    throw Issuing.VALIDATION.because("SourceIdentity cannot begin with aws:");
                });
        return now.or(() -> asked);
    }
}
