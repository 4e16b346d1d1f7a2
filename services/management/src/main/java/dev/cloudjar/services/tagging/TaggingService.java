package dev.cloudjar.services.tagging;

import dev.cloudjar.api.ResourceGroupsTaggingApi;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Tagging.Tagged;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.Api;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// The Resource Groups Tagging API. It keeps nothing: what services declare of their resources is all that it
/// reads and changes.
public final class TaggingService implements Service, ResourceGroupsTaggingApi {
    private static final int RESOURCES = 50;
    private static final int MOST_RESOURCES = 100;
    private static final int KEYS = 100;

    private final Kernel kernel;

    public TaggingService(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<Api> parts() {
        return List.of(this, new TagChanges(kernel));
    }

    @Override
    public GetResourcesOutput getResources(GetResourcesInput in) {
        checkPaging(in);
        if (in.excludeCompliantResources().orElse(false)
                && !in.includeComplianceDetails().orElse(false)) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "ExcludeCompliantResources can be used only when IncludeComplianceDetails is set to true.");
        }
        Page<Tagged> page = page(
                in.paginationToken(),
                in.resourcesPerPage().orElse(RESOURCES),
                kernel.tagging().all().stream()
                        .filter(resource -> isAsked(in, resource))
                        .toList(),
                resource -> resource.arn().toString());
        return new GetResourcesOutput()
                .resourceTagMappingList(page.map(TaggingService::told).items())
                .paginationToken(page.next().orElse(""));
    }

    private static void checkPaging(GetResourcesInput in) {
        boolean paged = in.resourcesPerPage().isPresent()
                || in.tagsPerPage().isPresent()
                || !in.paginationToken().orElse("").isEmpty();
        if (!in.resourceArnList().isEmpty() && paged) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "ResourceARNList can't be used together with ResourcesPerPage, TagsPerPage or PaginationToken.");
        }
        if (in.resourcesPerPage().filter(n -> n < 1 || n > MOST_RESOURCES).isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because("ResourcesPerPage must be between 1 and %d.", MOST_RESOURCES);
        }
        if (in.tagsPerPage().filter(n -> n < 100 || n > 500 || n % 100 != 0).isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because("TagsPerPage must be between 100 and 500, in steps of 100.");
        }
    }

    private static boolean isAsked(GetResourcesInput in, Tagged resource) {
        String arn = resource.arn().toString();
        return (in.resourceArnList().isEmpty() || in.resourceArnList().contains(arn))
                && (in.resourceTypeFilters().isEmpty()
                        || in.resourceTypeFilters().stream().anyMatch(type -> isOf(type, resource)))
                && in.tagFilters().stream().allMatch(filter -> has(resource.tags(), filter));
    }

    /// A type is a service (`ec2`) or a type of its (`ec2:vpc`).
    private static boolean isOf(String type, Tagged resource) {
        return type.equals(resource.service()) || type.equals(resource.service() + ':' + resource.type());
    }

    private static boolean has(Map<String, String> tags, TagFilter filter) {
        String value = tags.get(filter.key().orElse(""));
        return value != null && (filter.values().isEmpty() || filter.values().contains(value));
    }

    private static ResourceTagMapping told(Tagged resource) {
        return new ResourceTagMapping().resourceArn(resource.arn().toString()).tags(Tags.as(resource.tags(), Tag::new));
    }

    @Override
    public GetTagKeysOutput getTagKeys(GetTagKeysInput in) {
        var keys = new TreeSet<String>();
        kernel.tagging().all().forEach(resource -> keys.addAll(resource.tags().keySet()));
        Page<String> page = page(in.paginationToken(), KEYS, List.copyOf(keys), Function.identity());
        return new GetTagKeysOutput()
                .tagKeys(page.items())
                .paginationToken(page.next().orElse(""));
    }

    @Override
    public GetTagValuesOutput getTagValues(GetTagValuesInput in) {
        var values = new TreeSet<String>();
        kernel.tagging()
                .all()
                .forEach(resource ->
                        Optional.ofNullable(resource.tags().get(in.key())).ifPresent(values::add));
        Page<String> page = page(in.paginationToken(), KEYS, List.copyOf(values), Function.identity());
        return new GetTagValuesOutput()
                .tagValues(page.items())
                .paginationToken(page.next().orElse(""));
    }

    /// A page of `all`, which stands in the order of `place`. An empty token is none.
    private <V> Page<V> page(Optional<String> token, int limit, List<V> all, Function<V, String> place) {
        var paging = new Paging(
                limit,
                token.filter(text -> !text.isEmpty()),
                () -> PAGINATION_TOKEN_EXPIRED_EXCEPTION.because("The specified pagination token is not valid."));
        return kernel.tokens()
                .page(
                        paging,
                        "tags",
                        start -> all.stream()
                                .filter(each ->
                                        start.isEmpty() || place.apply(each).compareTo(start.get()) >= 0),
                        place);
    }
}
