package dev.cloudjar.services.ec2;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.kernel.Filter;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How EC2 lists resources of any kind: those whose ids are asked for, all of which must be there, or a page of
/// all; of these, those that meet the filters.
final class Listing {
    private static final int LEAST = 5;
    private static final int ALL = 1_000;

    private Listing() {}

    /// What `in` asks for; `ids` is the member that names ids.
    static <R extends Resource> Page<R> of(Shelf<R> shelf, Struct in, String ids) {
        return of(shelf, in, ids, _ -> true);
    }

    static <R extends Resource> Page<R> of(Shelf<R> shelf, Struct in, String ids, Predicate<R> also) {
        Predicate<R> keep = shelf.filter(filters(in), Listing::unknown).and(also);
        List<String> asked = texts(in.get(ids));
        Optional<Integer> most = Optional.ofNullable((Integer) in.get("MaxResults"));
        if (asked.isEmpty()) {
            return shelf.page(paging(most, in), keep);
        }
        if (most.isPresent()) {
            throw Refusals.INVALID_COMBINATION.because(
                    "The parameter %s cannot be used with the parameter maxResults",
                    ids.substring(0, 1).toLowerCase(Locale.ROOT) + ids.substring(1));
        }
        return new Page<>(asked.stream().distinct().map(shelf::get).filter(keep).toList(), Optional.empty());
    }

    /// Five to a thousand, of any kind.
    static Paging paging(Optional<Integer> most, Struct in) {
        most.filter(asked -> asked < LEAST || asked > ALL).ifPresent(asked -> {
            throw Refusals.INVALID_VALUE.because("Value (%d) for parameter MaxResults is invalid.", asked);
        });
        return new Paging(
                most.orElse(ALL),
                Optional.ofNullable((String) in.get("NextToken")),
                () -> Code.of("InvalidNextToken", 400).because("The token '%s' is invalid", in.get("NextToken")));
    }

    private static List<Filter> filters(Struct in) {
        return in.get("Filters") instanceof List<?> filters
                ? filters.stream()
                        .map(Ec2.Filter.class::cast)
                        .map(filter -> new Filter(filter.name().orElse("null"), filter.values()))
                        .toList()
                : List.of();
    }

    /// Whether what is listed meets the filters of `in`; `values` gives what a filter's name stands for, where it
    /// stands for anything.
    static boolean matches(Struct in, Function<String, Optional<List<String>>> values) {
        return filters(in).stream()
                .allMatch(filter ->
                        filter.matches(values.apply(filter.name()).orElseThrow(() -> unknown(filter.name()))));
    }

    private static AwsError unknown(String filter) {
        return Refusals.INVALID_VALUE.because("The filter '%s' is invalid", filter);
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String.class::cast).toList()
                : List.of();
    }
}
