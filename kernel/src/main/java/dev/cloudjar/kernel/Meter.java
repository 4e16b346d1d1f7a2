package dev.cloudjar.kernel;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what is used, so that it can be billed: requests by themselves, the rest as services say.
public final class Meter {
    /// A line of the bill before prices: `usageType` in AWS's words, such as `Requests-Tier1`.
    public record Usage(String account, String region, String service, String usageType) {}

    private final ConcurrentHashMap<Usage, LongAdder> readings = new ConcurrentHashMap<>();

    /// Adds `quantity` to what the current call's account has used of `usageType` of `service`.
    public void count(String service, String usageType, long quantity) {
        Call call = Call.current();
        readings.computeIfAbsent(new Usage(call.account(), call.region(), service, usageType), _ -> new LongAdder())
                .add(quantity);
    }

    /// All readings since the world was opened.
    public Map<Usage, Long> readings() {
        var now = new TreeMap<Usage, Long>(Comparator.comparing(Usage::toString));
        readings.forEach((usage, sum) -> now.put(usage, sum.sum()));
        return now;
    }

    void reset() {
        readings.clear();
    }
}
