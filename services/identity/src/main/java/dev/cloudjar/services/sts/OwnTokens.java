package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.WebTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// GetWebIdentityToken: a token by which others, outside of AWS, know who the caller is.
final class OwnTokens implements Sts {
    private static final int USUAL = 300;
    private static final String NAMESPACE = "https://sts.amazonaws.com/";

    private final Kernel kernel;

    OwnTokens(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public GetWebIdentityTokenResponse getWebIdentityToken(GetWebIdentityTokenRequest in) {
        WebTokens tokens = kernel.port(WebTokens.class).orElseThrow(OwnTokens::disabled);
        String issuer = tokens.issuer().orElseThrow(OwnTokens::disabled);
        if (!in.signingAlgorithm().equals("RS256") && !in.signingAlgorithm().equals("ES384")) {
            throw Issuing.VALIDATION.because(
                    "1 validation error detected: Value '%s' at 'signingAlgorithm' failed to"
                            + " satisfy constraint: Member must satisfy enum value set: [RS256, ES384]",
                    in.signingAlgorithm());
        }
        Instant now = kernel.time().now().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plusSeconds(in.durationSeconds().orElse(USUAL));
        Principal caller = Call.current().principal();
        if (caller.session().expires().filter(expires::isAfter).isPresent()) {
            throw SESSION_DURATION_ESCALATION_EXCEPTION.because(
                    "The requested token duration would extend the session beyond its original expiration time.");
        }
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", in.audience().size() == 1 ? in.audience().getFirst() : in.audience());
        claims.put("sub", subject(caller));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", expires.getEpochSecond());
        claims.put("jti", kernel.ids().uuid());
        claims.put(NAMESPACE, own(caller, in.tags()));
        return new GetWebIdentityTokenResponse()
                .webIdentityToken(tokens.sign(in.signingAlgorithm(), Json.write(claims)))
                .expiration(expires);
    }

    private static dev.cloudjar.model.AwsError disabled() {
        return OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION.because(
                "Outbound web identity federation is not enabled for this account.");
    }

    /// A session is known by its role.
    private static String subject(Principal caller) {
        return caller.kind() == Principal.Kind.SESSION ? caller.session().issuer() : caller.arn();
    }

    private Map<String, @Nullable Object> own(Principal caller, List<Tag> tags) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("aws_account", caller.account());
        own.put("source_region", Call.current().region());
        kernel.port(Memberships.class)
                .flatMap(port -> port.of(caller.account()))
                .ifPresent(found -> own.put("org_id", found.organization()));
        var marks = new LinkedHashMap<>(kernel.port(Identities.class)
                .map(port -> port.bindings(caller).tags())
                .orElse(Map.of()));
        marks.putAll(caller.session().tags());
        put(own, "principal_tags", marks);
        var asked = new LinkedHashMap<String, String>();
        tags.forEach(tag -> asked.put(tag.key(), tag.value()));
        put(own, "request_tags", asked);
        Optional.ofNullable(caller.session().facts().get("aws:federatedprovider"))
                .ifPresent(provider -> own.put("federated_provider", provider));
        caller.session().expires().ifPresent(end -> own.put("original_session_exp", end.toString()));
        return own;
    }

    private static void put(Map<String, @Nullable Object> own, String name, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            own.put(name, tags);
        }
    }
}
