package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.model.AwsError;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An identity provider, by its ARN: of OpenID Connect with its client ids and thumbprints, or of SAML with its
/// metadata, which stands in `facts`.
record Provider(
        String id,
        Instant created,
        String name,
        List<String> clients,
        List<String> thumbprints,
        Map<String, String> facts)
        implements Resource {
    static final Kind<Provider> KIND = Kind.of(IamService.ID, "identity-provider", Provider.class, Provider::missing)
            .arn(arn -> arn.substring(arn.lastIndexOf(':') + 1))
            .in(Scope.ACCOUNT);

    private static AwsError missing(String arn) {
        return Refusals.missing(
                arn.contains(":saml-provider/")
                        ? "Manifest not found for arn " + arn
                        : "OpenIDConnect Provider not found for arn " + arn);
    }

    String fact(String key) {
        return facts.getOrDefault(key, "");
    }

    Provider with(List<String> otherClients, List<String> otherThumbprints) {
        return new Provider(id, created, name, otherClients, otherThumbprints, facts);
    }

    Provider with(Map<String, String> others) {
        return new Provider(id, created, name, clients, thumbprints, others);
    }
}
