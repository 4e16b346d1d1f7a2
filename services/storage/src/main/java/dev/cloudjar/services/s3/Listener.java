package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.FilterRule;
import dev.cloudjar.api.S3.NotificationConfiguration;
import dev.cloudjar.kernel.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One line of a bucket's notification configuration: who wants to hear of which events of which keys. What
/// stands behind the ARN is not S3's affair.
record Listener(String id, String arn, List<String> events, String prefix, String suffix) {
    static List<Listener> of(NotificationConfiguration configuration) {
        List<Listener> all = new ArrayList<>();
        configuration.queueConfigurations().forEach(c -> all.add(of(c.id(), c.queueArn(), c.events(), c.filter())));
        configuration.topicConfigurations().forEach(c -> all.add(of(c.id(), c.topicArn(), c.events(), c.filter())));
        configuration
                .lambdaFunctionConfigurations()
                .forEach(c -> all.add(of(c.id(), c.lambdaFunctionArn(), c.events(), c.filter())));
        return all;
    }

    private static Listener of(
            Optional<String> id, String arn, List<String> events, Optional<S3.NotificationConfigurationFilter> filter) {
        List<FilterRule> rules = filter.flatMap(S3.NotificationConfigurationFilter::key)
                .map(S3.S3KeyFilter::filterRules)
                .orElse(List.of());
        return new Listener(id.orElse(""), arn, events, value(rules, "prefix"), value(rules, "suffix"));
    }

    private static String value(List<FilterRule> rules, String name) {
        List<String> values = rules.stream()
                .filter(rule -> rule.name().orElse("").equalsIgnoreCase(name))
                .map(rule -> rule.value().orElse(""))
                .toList();
        if (values.size() > 1) {
            throw Refusals.argument(
                    "Cannot specify more than one " + name + " rule in a filter.", "filtervalue", values.getLast());
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    static void checkFilter(Optional<S3.NotificationConfigurationFilter> filter) {
        filter.flatMap(S3.NotificationConfigurationFilter::key)
                .map(S3.S3KeyFilter::filterRules)
                .orElse(List.of())
                .forEach(rule -> {
                    String name = rule.name().orElse("");
                    if (!name.equalsIgnoreCase("prefix") && !name.equalsIgnoreCase("suffix")) {
                        throw Refusals.argument(
                                "filter rule name must be either prefix or suffix", "FilterRule.Name", name);
                    }
                });
    }

    Optional<Arn> target() {
        return Arn.parse(arn);
    }

    /// Whether `event` (`ObjectCreated:Put`) of `key` is wanted.
    boolean wants(String event, String key) {
        return key.startsWith(prefix)
                && key.endsWith(suffix)
                && events.stream().anyMatch(e -> covers(e, "s3:" + event));
    }

    private static boolean covers(String pattern, String event) {
        return pattern.endsWith("*")
                ? event.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(event);
    }

    /// Whether two lines could both be meant by one event of one key.
    boolean overlaps(Listener other) {
        boolean events =
                this.events.stream().anyMatch(e -> other.events.stream().anyMatch(o -> covers(e, o) || covers(o, e)));
        boolean prefixes = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean suffixes = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        return events && prefixes && suffixes;
    }
}
