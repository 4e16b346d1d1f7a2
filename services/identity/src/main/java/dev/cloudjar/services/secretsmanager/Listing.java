package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Lists of secrets: filtered, sorted, page by page.
final class Listing implements SecretsManager {
    private static final int MOST_LISTED = 100;

    private final Kernel kernel;
    private final Secrets secrets;
    private final SecretLife life;

    Listing(Kernel kernel, Secrets secrets, SecretLife life) {
        this.kernel = kernel;
        this.secrets = secrets;
        this.life = life;
    }

    @Override
    public ListSecretsResponse listSecrets(ListSecretsRequest in) {
        boolean deleted = in.includePlannedDeletion().orElse(false);
        Paging paging = Values.paging(in.maxResults(), MOST_LISTED, in.nextToken());
        Comparator<Secret> order = order(in.sortBy().orElse(SortByType.CREATED_DATE), in.sortOrder());
        Page<Secret> page = page(
                in.filters(),
                paging,
                order,
                secret -> deleted || secret.deletion().isEmpty());
        return new ListSecretsResponse()
                .secretList(page.map(life::told).items())
                .nextToken(page.next());
    }

    private static Comparator<Secret> order(String by, Optional<String> direction) {
        Comparator<Secret> order = switch (by) {
            case SortByType.NAME -> Comparator.comparing(Secret::name);
            case SortByType.LAST_CHANGED_DATE ->
                Comparator.comparing(secret -> secret.dates().changed());
            case SortByType.LAST_ACCESSED_DATE ->
                Comparator.comparing(secret -> secret.dates().accessed().orElse(Instant.EPOCH));
            default -> Comparator.comparing(secret -> secret.dates().created());
        };
        Comparator<Secret> whole = order.thenComparing(Secret::id);
        return direction.filter(SortOrderType.DESC::equals).isPresent() ? whole.reversed() : whole;
    }

    Page<Secret> page(List<Filter> filters, Paging paging) {
        return page(
                filters,
                paging,
                Comparator.comparing(Secret::id),
                secret -> secret.deletion().isEmpty());
    }

    private Page<Secret> page(List<Filter> filters, Paging paging, Comparator<Secret> order, Predicate<Secret> kept) {
        filters.forEach(Listing::check);
        return kernel.tokens()
                .page(
                        paging,
                        "secrets",
                        start -> secrets.shelf()
                                .all()
                                .filter(kept)
                                .filter(secret -> filters.stream().allMatch(filter -> fits(secret, filter)))
                                .sorted(order)
                                .dropWhile(each -> start.filter(id -> !id.equals(each.id()))
                                        .isPresent()),
                        Secret::id);
    }

    private static void check(Filter filter) {
        if (filter.key().isEmpty() || filter.values().isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because("Invalid filter: a filter has a key and values.");
        }
    }

    private boolean fits(Secret secret, Filter filter) {
        return filter.values().stream()
                .anyMatch(value -> value.startsWith("!")
                        ? !fits(secret, filter.key().orElseThrow(), value.substring(1))
                        : fits(secret, filter.key().orElseThrow(), value));
    }

    private boolean fits(Secret secret, String key, String value) {
        Map<String, String> tags = secrets.shelf().tags(secret.id());
        String description = secret.profile().description();
        return switch (key) {
            case FilterNameStringType.NAME -> secret.name().startsWith(value);
            case FilterNameStringType.DESCRIPTION -> begins(Stream.of(description), value);
            case FilterNameStringType.TAG_KEY -> tags.keySet().stream().anyMatch(each -> each.startsWith(value));
            case FilterNameStringType.TAG_VALUE -> tags.values().stream().anyMatch(each -> each.startsWith(value));
            case FilterNameStringType.PRIMARY_REGION ->
                secret.regions()
                        .filter(regions -> regions.primary().startsWith(value))
                        .isPresent();
            case FilterNameStringType.ALL ->
                Stream.of(value.split(" "))
                        .allMatch(word -> begins(
                                Stream.of(
                                                Stream.of(secret.name(), description),
                                                tags.keySet().stream(),
                                                tags.values().stream())
                                        .flatMap(each -> each),
                                word));
            default -> false;
        };
    }

    /// Whether a text, or a word within it, begins so in whatever case.
    private static boolean begins(Stream<String> texts, String value) {
        String wanted = value.toLowerCase(Locale.ROOT);
        return texts.map(text -> text.toLowerCase(Locale.ROOT))
                .anyMatch(text -> text.startsWith(wanted)
                        || Stream.of(text.split("[^a-z0-9]+")).anyMatch(word -> word.startsWith(wanted)));
    }
}
