package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Identity providers of OpenID Connect.
final class OidcProviders implements Iam {
    private static final String SCHEME = "https://";
    private static final int MOST_CLIENTS = 100;
    private static final int MOST_THUMBPRINTS = 5;

    private final Kernel kernel;
    private final Shelf<Provider> providers;

    OidcProviders(Kernel kernel, Documented documented) {
        this.kernel = kernel;
        this.providers = documented.providers();
    }

    @Override
    public CreateOpenIDConnectProviderResponse createOpenIdConnectProvider(CreateOpenIDConnectProviderRequest in) {
        if (!in.url().startsWith(SCHEME)) {
            throw Refusals.VALIDATION.because("Invalid Open ID Connect Provider URL");
        }
        var tags = Tagging.read(in.tags());
        String url = in.url().substring(SCHEME.length());
        String name = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        checkLists(in.clientIdList(), in.thumbprintList());
        String arn = Directory.arn("oidc-provider/" + name);
        List<String> clients = List.copyOf(new LinkedHashSet<>(in.clientIdList()));
        var made = new Provider(arn, Moment.now(kernel), name, clients, in.thumbprintList(), Map.of());
        if (!providers.create(made, tags)) {
            throw Refusals.exists("Provider with url " + in.url() + " already exists.");
        }
        return new CreateOpenIDConnectProviderResponse()
                .openIdConnectProviderArn(arn)
                .tags(Tagging.wire(tags));
    }

    private static void checkLists(List<String> clients, List<String> thumbprints) {
        if (thumbprints.size() > MOST_THUMBPRINTS) {
            throw Refusals.invalid("Thumbprint list must contain fewer than 5 entries.");
        }
        if (clients.size() > MOST_CLIENTS) {
            throw Refusals.overQuota("ClientIdsPerOpenIdConnectProvider", MOST_CLIENTS);
        }
    }

    @Override
    public GetOpenIDConnectProviderResponse getOpenIdConnectProvider(GetOpenIDConnectProviderRequest in) {
        Provider found = providers.get(in.openIdConnectProviderArn());
        return new GetOpenIDConnectProviderResponse()
                .url(found.name())
                .clientIdList(found.clients())
                .thumbprintList(found.thumbprints())
                .createDate(found.created())
                .tags(Tagging.wire(providers.tags(found.id())));
    }

    @Override
    public ListOpenIDConnectProvidersResponse listOpenIdConnectProviders(ListOpenIDConnectProvidersRequest in) {
        return new ListOpenIDConnectProvidersResponse()
                .openIdConnectProviderList(
                        providers.all().filter(each -> each.id().contains(":oidc-provider/")).toList().stream()
                                .map(each -> new OpenIDConnectProviderListEntry().arn(each.id()))
                                .toList());
    }

    @Override
    public AddClientIDToOpenIDConnectProviderResponse addClientIdToOpenIdConnectProvider(
            AddClientIDToOpenIDConnectProviderRequest in) {
        Provider found = providers.get(in.openIdConnectProviderArn());
        var clients = new ArrayList<>(found.clients());
        if (!clients.contains(in.clientId())) {
            clients.add(in.clientId());
        }
        checkLists(clients, List.of());
        providers.update(found.id(), had -> had.with(clients, had.thumbprints()));
        return new AddClientIDToOpenIDConnectProviderResponse();
    }

    @Override
    public RemoveClientIDFromOpenIDConnectProviderResponse removeClientIdFromOpenIdConnectProvider(
            RemoveClientIDFromOpenIDConnectProviderRequest in) {
        providers.update(
                in.openIdConnectProviderArn(),
                had -> had.with(
                        had.clients().stream()
                                .filter(id -> !id.equals(in.clientId()))
                                .toList(),
                        had.thumbprints()));
        return new RemoveClientIDFromOpenIDConnectProviderResponse();
    }

    @Override
    public UpdateOpenIDConnectProviderThumbprintResponse updateOpenIdConnectProviderThumbprint(
            UpdateOpenIDConnectProviderThumbprintRequest in) {
        checkLists(List.of(), in.thumbprintList());
        providers.update(in.openIdConnectProviderArn(), had -> had.with(had.clients(), in.thumbprintList()));
        return new UpdateOpenIDConnectProviderThumbprintResponse();
    }

    /// Deleting one that is not there is no mistake.
    @Override
    public DeleteOpenIDConnectProviderResponse deleteOpenIdConnectProvider(DeleteOpenIDConnectProviderRequest in) {
        if (providers.find(in.openIdConnectProviderArn()).isPresent()) {
            providers.remove(in.openIdConnectProviderArn());
        }
        return new DeleteOpenIDConnectProviderResponse();
    }
}
