package dev.cloudjar.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Who contributes most to what is counted under a rule, minute by minute for a day, as CloudWatch's Contributor
/// Insights show it. Kept in memory, as all readings are; of many contributors the lightest are counted together.
public final class Contributors {
    /// A rule of an account and region.
    public record Rule(String account, String region, String name) {}

    /// One who contributes, by the keys that a rule tells contributors apart by, and how much.
    public record Contributor(List<String> keys, double value) {}

    private static final int MOST = 500;
    private static final long KEPT = Duration.ofDays(1).toMinutes();

    private final Map<Rule, Minutes> rules = new ConcurrentHashMap<>();

    /// The counts of one rule.
    private static final class Minutes {
        private final TreeMap<Long, Map<List<String>, Double>> minutes = new TreeMap<>();

        synchronized void add(long minute, List<String> keys, double value) {
            Map<List<String>, Double> counts = minutes.computeIfAbsent(minute, _ -> new HashMap<>());
            minutes.headMap(minutes.lastKey() - KEPT).clear();
            double before = counts.size() < MOST || counts.containsKey(keys) ? 0 : lightest(counts);
            counts.merge(keys, before + value, Double::sum);
        }

        /// Makes room: whoever comes next may have been the one that goes, and takes over its count.
        private static double lightest(Map<List<String>, Double> counts) {
            Map.Entry<List<String>, Double> lightest =
                    counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
            counts.remove(lightest.getKey());
            return lightest.getValue();
        }

        synchronized Map<List<String>, Double> sum(long from, long to) {
            Map<List<String>, Double> sums = new HashMap<>();
            minutes.subMap(from, to)
                    .values()
                    .forEach(counts -> counts.forEach((keys, value) -> sums.merge(keys, value, Double::sum)));
            return sums;
        }
    }

    /// Adds `value` to what `keys` has contributed in the minute of `at`.
    void add(Rule rule, List<String> keys, double value, Instant at) {
        rules.computeIfAbsent(rule, _ -> new Minutes()).add(minute(at), keys, value);
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60);
    }

    /// Under which rules something has been counted.
    public Set<Rule> rules() {
        return rules.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /// The contributors of all minutes that began at `from` or later and before `to`, the heaviest first.
    public List<Contributor> heaviest(Rule rule, Instant from, Instant to) {
        Minutes minutes = rules.get(rule);
        if (minutes == null) {
            return List.of();
        }
        return minutes.sum(minute(from), minute(to.plusSeconds(59))).entrySet().stream()
                .map(sum -> new Contributor(sum.getKey(), sum.getValue()))
                .sorted(Comparator.comparingDouble(Contributor::value)
                        .reversed()
                        .thenComparing(contributor -> contributor.keys().toString()))
                .toList();
    }

    void reset() {
        rules.clear();
    }
}
