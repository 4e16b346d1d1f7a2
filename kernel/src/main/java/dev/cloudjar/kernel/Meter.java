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

    record Reading(Usage usage, long quantity) {}

    /// Adds `quantity` to what the current call's account has used of `usageType` of `service`; in a transaction,
    /// if and when it commits.
    public void count(String service, String usageType, long quantity) {
        Call call = Call.current();
        var reading = new Reading(new Usage(call.account(), call.region(), service, usageType), quantity);
        call.work().ifPresentOrElse(work -> work.used().add(reading), () -> add(reading));
    }

    void add(Reading reading) {
        readings.computeIfAbsent(reading.usage(), _ -> new LongAdder()).add(reading.quantity());
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
