package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.BucketLifecycleConfiguration;
import dev.cloudjar.api.S3.LifecycleExpiration;
import dev.cloudjar.api.S3.LifecycleRule;
import dev.cloudjar.api.S3.LifecycleRuleFilter;
import dev.cloudjar.api.S3.NoncurrentVersionExpiration;
import dev.cloudjar.api.S3.NoncurrentVersionTransition;
import dev.cloudjar.api.S3.Tag;
import dev.cloudjar.api.S3.Transition;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The lifecycle rules of a bucket: held to what S3 takes, and asked whom they concern and when.
final class LifecycleRules {
    private static final int MOST = 1000;
    private static final int LONGEST_ID = 255;
    /// Before that day of its life no object is worth keeping where reading it costs extra.
    private static final int FIRST_COLD_DAY = 30;

    private LifecycleRules() {}

    static void check(BucketLifecycleConfiguration configuration) {
        if (configuration.rules().size() > MOST) {
            throw Refusals.malformedXml();
        }
        Set<String> ids = new HashSet<>();
        for (LifecycleRule rule : configuration.rules()) {
            check(rule);
            String id = rule.id().orElse("");
            if (id.length() > LONGEST_ID) {
                throw Refusals.argument("ID length should not exceed allowed limit of 255", "ID", id);
            }
            if (!id.isEmpty() && !ids.add(id)) {
                throw Refusals.argument("Rule ID must be unique. Found same ID for more than one rule", "ID", id);
            }
        }
    }

    private static void check(LifecycleRule rule) {
        if (rule.prefix().isPresent() == rule.filter().isPresent()) {
            throw Refusals.malformedXml();
        }
        boolean acts = rule.expiration().isPresent()
                || !rule.transitions().isEmpty()
                || rule.noncurrentVersionExpiration().isPresent()
                || !rule.noncurrentVersionTransitions().isEmpty()
                || rule.abortIncompleteMultipartUpload().isPresent();
        if (!acts) {
            throw Refusals.request("At least one action needs to be specified in a rule");
        }
        rule.filter().ifPresent(LifecycleRules::check);
        rule.expiration().ifPresent(LifecycleRules::check);
        rule.transitions().forEach(LifecycleRules::check);
        rule.noncurrentVersionExpiration().ifPresent(LifecycleRules::check);
        rule.noncurrentVersionTransitions().forEach(LifecycleRules::check);
        if (rule.abortIncompleteMultipartUpload()
                .filter(abort -> abort.daysAfterInitiation().orElse(0) < 1)
                .isPresent()) {
            throw positive("DaysAfterInitiation", "AbortIncompleteMultipartUpload");
        }
        checkDates(rule);
        checkAgainst(rule);
    }

    private static void check(NoncurrentVersionExpiration expiration) {
        if (expiration.noncurrentDays().orElse(0) < 1) {
            throw positive("NoncurrentDays", "NoncurrentVersionExpiration");
        }
    }

    private static void check(NoncurrentVersionTransition transition) {
        int days = transition.noncurrentDays().orElseThrow(Refusals::malformedXml);
        String to = transition.storageClass().orElseThrow(Refusals::malformedXml);
        if (days < FIRST_COLD_DAY && isInfrequent(to)) {
            throw early("NoncurrentDays", "NoncurrentVersionTransition", to, days);
        }
    }

    private static boolean isInfrequent(String storageClass) {
        return storageClass.equals("STANDARD_IA") || storageClass.equals("ONEZONE_IA");
    }

    private static AwsError early(String what, String action, String to, int days) {
        return Refusals.argument(
                "'" + what + "' in " + action + " action must be greater than or equal to 30 for storageClass '" + to
                        + "'",
                what,
                "" + days);
    }

    /// A rule counts in days or names dates, but not both.
    private static void checkDates(LifecycleRule rule) {
        boolean days = rule.expiration().flatMap(LifecycleExpiration::days).isPresent()
                || rule.transitions().stream()
                        .anyMatch(transition -> transition.days().isPresent());
        boolean dates = rule.expiration().flatMap(LifecycleExpiration::date).isPresent()
                || rule.transitions().stream()
                        .anyMatch(transition -> transition.date().isPresent());
        if (days && dates) {
            throw Refusals.request("Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle"
                    + " rule for " + concerns(rule));
        }
    }

    private static void checkAgainst(LifecycleRule rule) {
        Optional<Integer> expires = rule.expiration().flatMap(LifecycleExpiration::days);
        for (Transition transition : rule.transitions()) {
            if (expires.isPresent()
                    && transition.days().filter(days -> days >= expires.get()).isPresent()) {
                throw Refusals.argument(
                        "'Days' in the Expiration action for " + concerns(rule)
                                + " must be greater than 'Days' in the Transition action",
                        "Days",
                        "" + expires.get());
            }
        }
        boolean tags = rule.filter().filter(filter -> !tags(filter).isEmpty()).isPresent();
        if (tags && rule.abortIncompleteMultipartUpload().isPresent()) {
            throw Refusals.request("AbortIncompleteMultipartUpload cannot be specified with Tags.");
        }
        boolean markers = rule.expiration()
                .flatMap(LifecycleExpiration::expiredObjectDeleteMarker)
                .isPresent();
        if (tags && markers) {
            throw Refusals.request("ExpiredObjectDeleteMarker cannot be specified with Tags.");
        }
    }

    private static String concerns(LifecycleRule rule) {
        String prefix = prefix(rule);
        return prefix.isEmpty() ? "prefix ''" : "filter '(prefix=" + prefix + ")'";
    }

    private static void check(LifecycleRuleFilter filter) {
        int kinds = count(filter.prefix())
                + count(filter.tag())
                + count(filter.objectSizeGreaterThan())
                + count(filter.objectSizeLessThan())
                + count(filter.and());
        if (kinds > 1) {
            throw Refusals.malformedXml();
        }
        filter.and().ifPresent(LifecycleRules::check);
        List<Tag> tags = tags(filter);
        if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
            throw Refusals.request("Duplicate Tag Keys are not allowed.");
        }
    }

    /// What is joined is at least two things, and the sizes leave some between them.
    private static void check(S3.LifecycleRuleAndOperator and) {
        int joined = count(and.prefix())
                + count(and.objectSizeGreaterThan())
                + count(and.objectSizeLessThan())
                + and.tags().size();
        if (joined < 2) {
            throw Refusals.malformedXml();
        }
        long least = and.objectSizeGreaterThan().orElse(-1L);
        if (and.objectSizeLessThan().filter(most -> most <= least).isPresent()) {
            throw Refusals.request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
        }
    }

    private static int count(Optional<?> value) {
        return value.isPresent() ? 1 : 0;
    }

    private static void check(LifecycleExpiration expiration) {
        int kinds = count(expiration.days()) + count(expiration.date()) + count(expiration.expiredObjectDeleteMarker());
        if (kinds != 1) {
            throw Refusals.malformedXml();
        }
        if (expiration.days().filter(days -> days < 1).isPresent()) {
            throw positive("Days", "Expiration");
        }
        expiration.date().ifPresent(LifecycleRules::checkMidnight);
    }

    private static void check(Transition transition) {
        if (transition.storageClass().isEmpty() || count(transition.days()) + count(transition.date()) != 1) {
            throw Refusals.malformedXml();
        }
        transition.date().ifPresent(LifecycleRules::checkMidnight);
        int days = transition.days().orElse(FIRST_COLD_DAY);
        String to = transition.storageClass().get();
        if (days < 0) {
            throw Refusals.argument("'Days' for Transition action must be nonnegative", "Days", "" + days);
        }
        if (days < FIRST_COLD_DAY && isInfrequent(to)) {
            throw early("Days", "Transition", to, days);
        }
    }

    private static AwsError positive(String what, String action) {
        return Refusals.argument("'" + what + "' for " + action + " action must be a positive integer", what, "0");
    }

    private static void checkMidnight(Instant date) {
        if (!date.equals(date.truncatedTo(ChronoUnit.DAYS))) {
            throw Refusals.argument("'Date' must be at midnight GMT", "Date", date.toString());
        }
    }

    /// The same, with an id for each rule that has none; `ids` makes them.
    static BucketLifecycleConfiguration named(
            BucketLifecycleConfiguration configuration, java.util.function.Supplier<String> ids) {
        List<LifecycleRule> rules = new ArrayList<>();
        for (LifecycleRule rule : configuration.rules()) {
            boolean has = rule.id().filter(id -> !id.isEmpty()).isPresent();
            rules.add(has ? rule : LifecycleRule.from(rule).id(ids.get()));
        }
        return BucketLifecycleConfiguration.from(configuration).rules(rules);
    }

    static String prefix(LifecycleRule rule) {
        Optional<LifecycleRuleFilter> filter = rule.filter();
        return rule.prefix()
                .or(() -> filter.flatMap(LifecycleRuleFilter::prefix))
                .or(() -> filter.flatMap(LifecycleRuleFilter::and).flatMap(and -> and.prefix()))
                .orElse("");
    }

    private static List<Tag> tags(LifecycleRuleFilter filter) {
        return filter.tag()
                .map(List::of)
                .or(() -> filter.and().map(and -> and.tags()))
                .orElse(List.of());
    }

    /// When a rule gives up an upload to a key, if it does.
    static Optional<Instant> abortion(LifecycleRule rule, String key, Instant initiated) {
        return rule.status().equals("Enabled") && key.startsWith(prefix(rule))
                ? rule.abortIncompleteMultipartUpload()
                        .flatMap(abort -> abort.daysAfterInitiation())
                        .map(days -> due(initiated, days))
                : Optional.empty();
    }

    /// Whether a rule concerns this version, by its key, tags and size.
    static boolean concerns(LifecycleRule rule, Version version) {
        if (!rule.status().equals("Enabled") || !version.key().name().startsWith(prefix(rule))) {
            return false;
        }
        if (rule.filter().isEmpty()) {
            return true;
        }
        LifecycleRuleFilter filter = rule.filter().get();
        long size = version.content().size();
        long more = filter.objectSizeGreaterThan()
                .or(() -> filter.and().flatMap(and -> and.objectSizeGreaterThan()))
                .orElse(-1L);
        long less = filter.objectSizeLessThan()
                .or(() -> filter.and().flatMap(and -> and.objectSizeLessThan()))
                .orElse(Long.MAX_VALUE);
        return size > more
                && size < less
                && tags(filter).stream()
                        .allMatch(
                                tag -> tag.value().equals(version.facts().tags().get(tag.key())));
    }

    /// The midnight after `days` days from `since`: S3 rounds up to the next one.
    static Instant due(Instant since, int days) {
        return since.plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    }

    /// When a rule has a current version expire, if it does.
    static Optional<Instant> expiry(LifecycleRule rule, Version version) {
        return rule.expiration()
                .flatMap(expiration -> expiration
                        .days()
                        .map(days -> due(version.origin().modified(), days))
                        .or(expiration::date));
    }
}
