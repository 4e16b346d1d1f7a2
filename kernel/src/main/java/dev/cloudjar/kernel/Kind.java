package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What a resource type is, said once: where its rows live, how its ids and ARN look, by what it is filtered,
/// how it is tagged, how many there may be, and how AWS refuses an id that is not there.
///
/// The shelf, the tagging API, Cloud Control, Config, the console and the conformance laws read the same
/// declaration.
///
/// @param service the service in ARNs (`sqs`)
/// @param name the resource type in AWS's words (`queue`)
/// @param arn the resource part of the ARN, from the id
/// @param missing AWS's error for an id that is not there
public record Kind<R extends Resource>(
        String service,
        String name,
        Class<R> rows,
        Scope scope,
        UnaryOperator<String> arn,
        Function<String, AwsError> missing,
        Traits<R> traits) {
    private static final String PROBE = "\0";

    /// What only some kinds have. `prefix` begins the ids that AWS makes up, such as `vpc-`; `owner` says whose
    /// a row is that stands in a table of all the world.
    public record Traits<R>(
            String prefix,
            Map<String, Function<R, List<String>>> filters,
            TagRules tags,
            Optional<Quota> quota,
            Optional<Function<R, Owner>> owner) {
        static <R> Traits<R> none() {
            return new Traits<>("", Map.of(), TagRules.COMMON, Optional.empty(), Optional.empty());
        }
    }

    /// How many an account may have, and AWS's error for one more.
    public record Quota(int most, Supplier<AwsError> refusal) {}

    /// In whose account and region a resource is that everybody sees.
    public record Owner(String account, String region) {}

    /// A regional resource whose ARN ends in its id.
    public static <R extends Resource> Kind<R> of(
            String service, String name, Class<R> rows, Function<String, AwsError> missing) {
        return new Kind<>(service, name, rows, Scope.REGION, UnaryOperator.identity(), missing, Traits.none());
    }

    /// The same with another resource part of the ARN: `id -> "vpc/" + id`.
    public Kind<R> arn(UnaryOperator<String> resource) {
        return new Kind<>(service, name, rows, scope, resource, missing, traits);
    }

    /// The same of another scope. ARNs of resources of an account name no region; those of resources of the
    /// world name neither region nor account.
    public Kind<R> in(Scope other) {
        return new Kind<>(service, name, rows, other, arn, missing, traits);
    }

    /// The same with ids of AWS's making: `prefix` and seventeen hexadecimal digits.
    public Kind<R> ids(String prefix) {
        return with(new Traits<>(prefix, traits.filters, traits.tags, traits.quota, traits.owner));
    }

    /// The same, to be filtered by `filter`, which is the value that `of` gives.
    public Kind<R> filter(String filter, Function<R, String> of) {
        return filters(filter, row -> List.of(of.apply(row)));
    }

    /// The same, to be filtered by `filter`, which is any of the values that `of` gives.
    public Kind<R> filters(String filter, Function<R, List<String>> of) {
        var more = new LinkedHashMap<>(traits.filters);
        more.put(filter, of);
        return with(new Traits<>(traits.prefix, more, traits.tags, traits.quota, traits.owner));
    }

    /// The same with rules of its own for tags.
    public Kind<R> tags(TagRules rules) {
        return with(new Traits<>(traits.prefix, traits.filters, rules, traits.quota, traits.owner));
    }

    /// The same, of which there may be at most `most` in an account and region.
    public Kind<R> quota(int most, Supplier<AwsError> refusal) {
        var quota = Optional.of(new Quota(most, refusal));
        return with(new Traits<>(traits.prefix, traits.filters, traits.tags, quota, traits.owner));
    }

    /// The same in a table of all the world, where `owner` tells whose a row is.
    public Kind<R> ownedBy(Function<R, Owner> owner) {
        return in(Scope.WORLD)
                .with(new Traits<>(traits.prefix, traits.filters, traits.tags, traits.quota, Optional.of(owner)));
    }

    private Kind<R> with(Traits<R> other) {
        return new Kind<>(service, name, rows, scope, arn, missing, other);
    }

    /// The ARN of the resource `id` of the account and region of the call.
    public Arn arnOf(String id) {
        return switch (scope) {
            case REGION -> Arn.here(service, arn.apply(id));
            case ACCOUNT ->
                Arn.here(service, arn.apply(id)).in("", Call.current().account());
            case WORLD -> Arn.here(service, arn.apply(id)).in("", "");
        };
    }

    /// The id in an ARN that looks like one of this kind.
    public Optional<String> idIn(Arn candidate) {
        String shape = arn.apply(PROBE);
        int at = shape.indexOf(PROBE);
        String resource = candidate.resource();
        boolean fits = at >= 0
                && candidate.service().equals(service)
                && resource.length() >= shape.length()
                && resource.startsWith(shape.substring(0, at))
                && resource.endsWith(shape.substring(at + 1));
        return fits
                ? Optional.of(resource.substring(at, resource.length() - (shape.length() - at - 1)))
                : Optional.empty();
    }
}
