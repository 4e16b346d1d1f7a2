package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.policy.Identities.Provider;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.sts.Federation.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// AssumeRoleWithWebIdentity: a role for whom a provider of OpenID Connect vouches for, whose token really is
/// checked.
final class WebIdentities implements Sts {
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final String TAGS = "https://aws.amazon.com/tags";
    private static final String SOURCE = "https://aws.amazon.com/source_identity";

    private final Kernel kernel;
    private final Federation federation;

    WebIdentities(Kernel kernel, Federation federation) {
        this.kernel = kernel;
        this.federation = federation;
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
        return federation
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
        var keys = new KeySets(provider.thumbprints())
                .of(provider.url())
                .orElseThrow(() -> IDP_COMMUNICATION_ERROR_EXCEPTION.because("Couldn't retrieve verification key from"
                        + " your identity provider,  please reference AssumeRoleWithWebIdentity documentation for"
                        + " requirements"));
        if (!token.isSignedBy(keys)) {
            throw invalid("The ID Token provided is not signed by the identity provider");
        }
    }

    private AssumeRoleWithWebIdentityResponse answer(
            AssumeRoleWithWebIdentityRequest in, Jwt token, Arn arn, Provider provider) {
        Vouched who = vouched(in, token, provider);
        Granted granted = federation.grant(who, arn, in, FOREVER);
        return new AssumeRoleWithWebIdentityResponse()
                .credentials(granted.credentials())
                .assumedRoleUser(Issuing.user(granted.session()))
                .subjectFromWebIdentityToken(token.claim("sub"))
                .provider(provider.arn())
                .audience(token.audiences().getFirst())
                .packedPolicySize(granted.packed())
                .sourceIdentity(who.sourceIdentity());
    }

    /// The claims are condition keys under the name of the provider; some are AWS's own.
    private static Vouched vouched(AssumeRoleWithWebIdentityRequest in, Jwt token, Provider provider) {
        var keys = new HashMap<String, List<String>>();
        token.claims().forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                keys.put((provider.url() + ':' + name).toLowerCase(Locale.ROOT), List.of(value.toString()));
            }
        });
        keys.put((provider.url() + ":aud").toLowerCase(Locale.ROOT), token.audiences());
        Map<?, ?> tags = token.claims().get(TAGS) instanceof Map<?, ?> given ? given : Map.of();
        return new Vouched(
                "sts:AssumeRoleWithWebIdentity",
                provider.arn(),
                token.claim("sub"),
                in.roleSessionName(),
                keys,
                tags(tags.get("principal_tags")),
                tags.get("transitive_tag_keys") instanceof List<?> names
                        ? names.stream().map(String::valueOf).toList()
                        : List.of(),
                Optional.of(token.claim(SOURCE)).filter(source -> !source.isEmpty()));
    }

    /// Each tag has a list of one value.
    private static Map<String, String> tags(@Nullable Object given) {
        var tags = new LinkedHashMap<String, String>();
        if (given instanceof Map<?, ?> members) {
            members.forEach((key, value) -> tags.put(
                    String.valueOf(key),
                    value instanceof List<?> list && list.size() == 1
                            ? String.valueOf(list.getFirst())
                            : String.valueOf(value)));
        }
        return tags;
    }
}
