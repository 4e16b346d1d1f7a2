package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Xml;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.policy.Identities.Provider;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.sts.Federation.Granted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/// AssumeRoleWithSAML: a role for whom a provider of SAML 2.0 vouches for, whose signature really is checked.
final class SamlIdentities implements Sts {
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final String ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";
    private static final String TAG = ATTRIBUTES + "PrincipalTag:";
    private static final String ENDPOINT = "signin.aws.amazon.com/saml";
    private static final IntPredicate NAME_CHARACTERS =
            c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_+=,.@-".indexOf(c) >= 0;

    private final Kernel kernel;
    private final Federation federation;

    SamlIdentities(Kernel kernel, Federation federation) {
        this.kernel = kernel;
        this.federation = federation;
    }

    private static AwsError invalid(String message) {
        return INVALID_IDENTITY_TOKEN_EXCEPTION.because(message);
    }

    @Override
    public AssumeRoleWithSAMLResponse assumeRoleWithSaml(AssumeRoleWithSAMLRequest in) {
        Assertion assertion =
                Assertion.read(in.samlAssertion()).orElseThrow(() -> invalid("Invalid base64 SAMLResponse"));
        Provider provider = Arn.parse(in.principalArn())
                .filter(arn -> arn.resource().startsWith("saml-provider/"))
                .flatMap(federation::provider)
                .orElseThrow(() -> invalid("Specified provider doesn't exist"));
        check(assertion, provider);
        Vouched who = vouched(assertion, provider, in.roleArn());
        Arn role = Arn.parse(in.roleArn()).orElseThrow(() -> invalid("Request ARN is invalid"));
        Duration longest = assertion
                .sessionEnd()
                .map(end -> Duration.between(kernel.time().now(), end))
                .orElse(FOREVER);
        Granted granted = federation.grant(who, role, in, longest);
        return new AssumeRoleWithSAMLResponse()
                .credentials(granted.credentials())
                .assumedRoleUser(Issuing.user(granted.session()))
                .packedPolicySize(granted.packed())
                .subject(assertion.subject())
                .subjectType(assertion.subjectType())
                .issuer(assertion.issuer())
                .audience(assertion.recipient())
                .nameQualifier(qualifier(assertion, provider))
                .sourceIdentity(who.sourceIdentity());
    }

    private void check(Assertion assertion, Provider provider) {
        Xml metadata = Xml.read(provider.metadata().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> invalid("Could not parse metadata"));
        if (!assertion.isNamed(metadata)) {
            throw invalid("Issuer not present in specified provider");
        }
        if (!assertion.isSignedBy(metadata)) {
            throw invalid("Response signature invalid");
        }
        if (!assertion.isSuccess()) {
            throw IDP_REJECTED_CLAIM_EXCEPTION.because("The identity provider reported that authentication failed");
        }
        Instant now = kernel.time().now();
        if (!assertion.holdsAt(now)
                || assertion.sessionEnd().filter(end -> !now.isBefore(end)).isPresent()) {
            throw EXPIRED_TOKEN_EXCEPTION.because("Response has expired");
        }
        boolean meant = assertion.audiences().stream()
                .anyMatch(audience -> audience.equals("urn:amazon:webservices") || isEndpoint(audience));
        if (!meant || !isEndpoint(assertion.recipient())) {
            throw invalid("Response does not contain the required audience");
        }
    }

    /// AWS's own address for sign-in, of a region or without one, with or without the id of a provider.
    private static boolean isEndpoint(String address) {
        String scheme = "https://";
        int at = address.indexOf(ENDPOINT);
        if (!address.startsWith(scheme) || at < scheme.length()) {
            return false;
        }
        String region = address.substring(scheme.length(), at);
        String rest = address.substring(at + ENDPOINT.length());
        return (region.isEmpty() || region.endsWith(".") && region.indexOf('/') < 0)
                && (rest.isEmpty() || rest.startsWith("/acs/"));
    }

    private static Vouched vouched(Assertion assertion, Provider provider, String role) {
        boolean offered = assertion.values(ATTRIBUTES + "Role").stream()
                .map(pair -> List.of(pair.replace(" ", "").split(",")))
                .anyMatch(pair -> pair.contains(role) && pair.contains(provider.arn()));
        String operation = "sts:AssumeRoleWithSAML";
        if (!offered) {
            throw Issuing.denied("Not authorized to perform " + operation);
        }
        return new Vouched(
                operation,
                provider.arn(),
                assertion.subject(),
                sessionName(assertion),
                keys(assertion, provider),
                tags(assertion),
                assertion.values(ATTRIBUTES + "TransitiveTagKeys"),
                source(assertion));
    }

    private static String sessionName(Assertion assertion) {
        List<String> names = assertion.values(ATTRIBUTES + "RoleSessionName");
        if (names.size() != 1) {
            throw invalid("RoleSessionName is required in AuthnResponse");
        }
        if (!isName(names.getFirst())) {
            throw invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
        }
        return names.getFirst();
    }

    private static Optional<String> source(Assertion assertion) {
        Optional<String> source =
                assertion.values(ATTRIBUTES + "SourceIdentity").stream().findFirst();
        source.filter(text -> !isName(text)).ifPresent(_ -> {
            throw invalid("Source Identity in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with"
                    + " \"aws:\"");
        });
        return source;
    }

    private static boolean isName(String text) {
        return text.length() >= 2 && text.length() <= 64 && text.chars().allMatch(NAME_CHARACTERS);
    }

    private static Map<String, String> tags(Assertion assertion) {
        var tags = new LinkedHashMap<String, String>();
        assertion.names().stream()
                .filter(name -> name.startsWith(TAG))
                .forEach(name -> tags.put(
                        name.substring(TAG.length()),
                        assertion.values(name).stream().findFirst().orElse("")));
        return tags;
    }

    private static Map<String, List<String>> keys(Assertion assertion, Provider provider) {
        Arn arn = Arn.parse(provider.arn()).orElseThrow();
        var keys = new HashMap<String, List<String>>();
        keys.put("saml:aud", List.of(assertion.recipient()));
        keys.put("saml:iss", List.of(assertion.issuer()));
        keys.put("saml:sub", List.of(assertion.subject()));
        keys.put("saml:sub_type", List.of(assertion.subjectType()));
        keys.put("saml:doc", List.of(arn.account() + '/' + arn.name()));
        keys.put("saml:namequalifier", List.of(qualifier(assertion, provider)));
        return keys;
    }

    /// What tells the subjects of one provider from those of others.
    private static String qualifier(Assertion assertion, Provider provider) {
        Arn arn = Arn.parse(provider.arn()).orElseThrow();
        String text = assertion.issuer() + arn.account() + '/' + arn.name();
        byte[] digest = Digests.named("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
