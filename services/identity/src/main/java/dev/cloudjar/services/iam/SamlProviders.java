package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Identity providers of SAML 2.0, by their metadata.
final class SamlProviders implements Iam {
    private static final Duration VALID = Duration.ofDays(36_500);
    private static final String METADATA = "metadata";
    private static final String UNIQUE = "uuid";
    private static final String ENCRYPTION = "encryption";

    private final Kernel kernel;
    private final Shelf<Provider> providers;

    SamlProviders(Kernel kernel, Documented documented) {
        this.kernel = kernel;
        this.providers = documented.providers();
    }

    private static void check(String metadata) {
        boolean plausible = metadata.contains("EntityDescriptor") && metadata.contains("X509Certificate");
        if (!plausible) {
            throw Refusals.invalid("Could not parse metadata");
        }
    }

    @Override
    public CreateSAMLProviderResponse createSamlProvider(CreateSAMLProviderRequest in) {
        var tags = Tagging.read(in.tags());
        check(in.samlMetadataDocument());
        String arn = Directory.arn("saml-provider/" + in.name());
        Map<String, String> facts = new HashMap<>(
                Map.of(METADATA, in.samlMetadataDocument(), UNIQUE, kernel.ids().uuid()));
        in.assertionEncryptionMode().ifPresent(mode -> facts.put(ENCRYPTION, mode));
        var made = new Provider(arn, Moment.now(kernel), in.name(), List.of(), List.of(), facts);
        if (!providers.create(made, tags)) {
            throw Refusals.exists("SAMLProvider with name " + in.name() + " already exists.");
        }
        return new CreateSAMLProviderResponse().samlProviderArn(arn).tags(Tagging.wire(tags));
    }

    @Override
    public GetSAMLProviderResponse getSamlProvider(GetSAMLProviderRequest in) {
        Provider found = providers.get(in.samlProviderArn());
        return new GetSAMLProviderResponse()
                .samlProviderUuid(found.fact(UNIQUE))
                .samlMetadataDocument(found.fact(METADATA))
                .createDate(found.created())
                .validUntil(validUntil(found))
                .assertionEncryptionMode(Optional.of(found.fact(ENCRYPTION)).filter(mode -> !mode.isEmpty()))
                .tags(Tagging.wire(providers.tags(found.id())));
    }

    private static Instant validUntil(Provider provider) {
        return provider.created().plus(VALID);
    }

    @Override
    public ListSAMLProvidersResponse listSamlProviders(ListSAMLProvidersRequest in) {
        return new ListSAMLProvidersResponse()
                .samlProviderList(
                        providers.all().filter(each -> each.id().contains(":saml-provider/")).toList().stream()
                                .map(each -> new SAMLProviderListEntry()
                                        .arn(each.id())
                                        .createDate(each.created())
                                        .validUntil(validUntil(each)))
                                .toList());
    }

    @Override
    public UpdateSAMLProviderResponse updateSamlProvider(UpdateSAMLProviderRequest in) {
        Provider found = providers.get(in.samlProviderArn());
        var facts = new HashMap<>(found.facts());
        in.samlMetadataDocument().ifPresent(metadata -> {
            check(metadata);
            facts.put(METADATA, metadata);
        });
        in.assertionEncryptionMode().ifPresent(mode -> facts.put(ENCRYPTION, mode));
        providers.update(found.id(), had -> had.with(facts));
        return new UpdateSAMLProviderResponse().samlProviderArn(found.id());
    }

    @Override
    public DeleteSAMLProviderResponse deleteSamlProvider(DeleteSAMLProviderRequest in) {
        providers.remove(in.samlProviderArn());
        return new DeleteSAMLProviderResponse();
    }
}
