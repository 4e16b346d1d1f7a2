package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Identities.Provider;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.sts.Issuing.Narrowing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// AssumeRoleWithWebIdentity: a role for whom a provider of OpenID Connect vouches for, whose token really is
/// checked.
final class WebIdentities implements Sts {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final String OPERATION = "sts:AssumeRoleWithWebIdentity";

    private final Kernel kernel;
    private final Issuing issuing;

    WebIdentities(Kernel kernel, Issuing issuing) {
        this.kernel = kernel;
        this.issuing = issuing;
    }

    @OutsideTransaction
    @Override
    public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityRequest in) {
        Jwt token = Jwt.parse(in.webIdentityToken())
                .orElseThrow(() -> invalid("The ID Token provided is not a valid JWT. (You may see this error if you"
                        + " sent an Access Token)"));
        Arn arn = Arn.parse(in.roleArn()).orElseThrow(() -> invalid("Request ARN is invalid"));
        Provider provider = kernel.transact(() -> provider(token, arn));
        check(token, provider);
        return kernel.transact(() -> answer(in, token, arn, provider));
    }

    private static AwsError invalid(String message) {
        return INVALID_IDENTITY_TOKEN_EXCEPTION.because(message);
    }

    private Provider provider(Jwt token, Arn role) {
        String issuer = token.claim("iss").replaceFirst("^https?://", "");
        var arn = new Arn(role.partition(), "iam", "", role.account(), "oidc-provider/" + issuer);
        return issuing.identities()
                .provider(arn)
                .orElseThrow(
                        () -> invalid("No OpenIDConnect provider found in your account for " + token.claim("iss")));
    }

    private void check(Jwt token, Provider provider) {
        Instant now = kernel.time().now();
        if (token.seconds("exp")
                .map(Instant::ofEpochSecond)
                .filter(now::isBefore)
                .isEmpty()) {
            throw EXPIRED_TOKEN_EXCEPTION.because(
                    "Token expired: current date/time %d must be before the expiration" + " date/time %d",
                    now.getEpochSecond(), token.seconds("exp").orElse(0L));
        }
        if (token.audiences().stream().noneMatch(provider.clients()::contains)) {
            throw invalid("Incorrect token audience");
        }
        var keys = KeySets.of(provider.url())
                .orElseThrow(() -> IDP_COMMUNICATION_ERROR_EXCEPTION.because("Couldn't retrieve verification key from"
                        + " your identity provider,  please reference AssumeRoleWithWebIdentity documentation for"
                        + " requirements"));
        if (!token.isSignedBy(keys)) {
            throw invalid("The ID Token provided is not signed by the identity provider");
        }
    }

    private AssumeRoleWithWebIdentityResponse answer(
            AssumeRoleWithWebIdentityRequest in, Jwt token, Arn arn, Provider provider) {
        Identities.Role role = issuing.identities()
                .role(arn)
                .orElseThrow(() -> Issuing.denied("Not authorized to perform " + OPERATION));
        authorize(in, token, arn, provider);
        Duration lifetime = in.durationSeconds().map(Duration::ofSeconds).orElse(USUAL);
        if (lifetime.compareTo(role.longest()) > 0) {
            throw Issuing.VALIDATION.because(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        List<String> policies = Issuing.policies(in);
        var narrowing = new Narrowing(policies, Map.of(), List.of(), facts(token, provider));
        Principal session = issuing.session(role, in.roleSessionName(), narrowing);
        return new AssumeRoleWithWebIdentityResponse()
                .credentials(issuing.credentials(session, lifetime))
                .assumedRoleUser(Issuing.user(session))
                .subjectFromWebIdentityToken(token.claim("sub"))
                .provider(provider.arn())
                .audience(token.audiences().getFirst())
                .packedPolicySize(Issuing.packed(policies, Map.of()));
    }

    /// Asks the role's trust policy whether it trusts this subject of this provider.
    private void authorize(AssumeRoleWithWebIdentityRequest in, Jwt token, Arn role, Provider provider) {
        Access access = Access.of(OPERATION, role).with("sts:RoleSessionName", in.roleSessionName());
        for (Map.Entry<String, String> fact : facts(token, provider).entrySet()) {
            access = access.with(fact.getKey(), fact.getValue());
        }
        Access asked = access.with(provider.url() + ":aud", token.audiences().toArray(String[]::new));
        var who = new Principal(provider.arn(), role.account(), token.claim("sub"));
        try {
            Call.current().as(who).in(role.account(), Call.current().region()).run(() -> {
                kernel.require(asked);
                return true;
            });
        } catch (AwsError refused) {
            throw Issuing.denied("Not authorized to perform " + OPERATION);
        }
    }

    /// The claims as condition keys, under the name of the provider.
    private static Map<String, String> facts(Jwt token, Provider provider) {
        var facts = new HashMap<String, String>();
        token.claims().forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                facts.put((provider.url() + ':' + name).toLowerCase(Locale.ROOT), value.toString());
            }
        });
        facts.put("aws:federatedprovider", provider.arn());
        return facts;
    }
}
