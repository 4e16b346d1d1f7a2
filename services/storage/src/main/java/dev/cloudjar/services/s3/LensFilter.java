package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.MatchObjectAge;
import dev.cloudjar.api.S3Control.MatchObjectSize;
import dev.cloudjar.api.S3Control.S3Tag;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.api.S3Control.StorageLensGroup;
import dev.cloudjar.api.S3Control.StorageLensGroupFilter;
import dev.cloudjar.api.S3Control.StorageLensGroupLevel;
import dev.cloudjar.api.S3Control.StorageLensGroupLevelSelectionCriteria;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A Storage Lens group as an export needs it: its ARN, and which objects it means.
record LensFilter(String arn, Predicate<Version> takes) {
    /// Those of `groups` that a dashboard tells of; objects are as old as they are `at` that instant.
    static List<LensFilter> attached(StorageLensConfiguration wanted, Stream<StorageLensGroup> groups, Instant at) {
        Optional<StorageLensGroupLevel> level = wanted.accountLevel().storageLensGroupLevel();
        if (level.isEmpty()) {
            return List.of();
        }
        var criteria = level.get().selectionCriteria().orElseGet(StorageLensGroupLevelSelectionCriteria::new);
        return groups.map(group -> new LensFilter(group.storageLensGroupArn().orElse(""), filter(group.filter(), at)))
                .filter(group ->
                        criteria.include().isEmpty() || criteria.include().contains(group.arn()))
                .filter(group -> !criteria.exclude().contains(group.arn()))
                .toList();
    }

    private static Predicate<Version> filter(StorageLensGroupFilter filter, Instant at) {
        if (filter.or().isPresent()) {
            List<Predicate<Version>> any =
                    conditions(StorageLensGroupFilter.from(filter.or().get()), at);
            return version -> any.stream().anyMatch(one -> one.test(version));
        }
        List<Predicate<Version>> all =
                conditions(filter.and().map(StorageLensGroupFilter::from).orElse(filter), at);
        return version -> all.stream().allMatch(one -> one.test(version));
    }

    private static List<Predicate<Version>> conditions(StorageLensGroupFilter filter, Instant at) {
        List<Predicate<Version>> all = new ArrayList<>();
        if (!filter.matchAnyPrefix().isEmpty()) {
            all.add(version ->
                    filter.matchAnyPrefix().stream().anyMatch(version.key().name()::startsWith));
        }
        if (!filter.matchAnySuffix().isEmpty()) {
            all.add(version ->
                    filter.matchAnySuffix().stream().anyMatch(version.key().name()::endsWith));
        }
        if (!filter.matchAnyTag().isEmpty()) {
            all.add(version -> filter.matchAnyTag().stream().anyMatch(tag -> has(version, tag)));
        }
        filter.matchObjectAge().ifPresent(age -> all.add(version -> isAged(version, age, at)));
        filter.matchObjectSize().ifPresent(size -> all.add(version -> isSized(version, size)));
        return all;
    }

    private static boolean has(Version version, S3Tag tag) {
        return tag.value().equals(version.facts().tags().get(tag.key()));
    }

    private static boolean isAged(Version version, MatchObjectAge age, Instant at) {
        long days = Duration.between(version.origin().modified(), at).toDays();
        return age.daysGreaterThan().filter(least -> days <= least).isEmpty()
                && age.daysLessThan().filter(most -> days >= most).isEmpty();
    }

    private static boolean isSized(Version version, MatchObjectSize wanted) {
        long size = version.content().size();
        return wanted.bytesGreaterThan().filter(least -> size <= least).isEmpty()
                && wanted.bytesLessThan().filter(most -> size >= most).isEmpty();
    }
}
