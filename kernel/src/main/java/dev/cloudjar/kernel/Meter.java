package dev.cloudjar.kernel;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what is used, so that it can be billed: requests by themselves, the rest as services say.
public final class Meter {
    /// A line of the bill before prices: `usageType` in AWS's words, such as `Requests-Tier1`.
    public record Usage(String account, String region, String service, String usageType) {}

    private final ConcurrentHashMap<Usage, LongAdder> readings = new ConcurrentHashMap<>();
    private final Contributors contributors = new Contributors();
    private volatile @Nullable Rates rates;

    /// Adds `quantity` to what the current call's account has used of `usageType` of `service`; in a transaction,
    /// if and when it commits.
    public void count(String service, String usageType, long quantity) {
        Call call = Call.current();
        var usage = new Usage(call.account(), call.region(), service, usageType);
        Runnable adding =
                () -> readings.computeIfAbsent(usage, _ -> new LongAdder()).add(quantity);
        call.work().ifPresentOrElse(work -> work.afterwards().add(adding), adding);
    }

    /// Adds `value` to what `keys` has contributed under `rule` of the current call's account; in a
    /// transaction, if and when it commits.
    public void contribute(String rule, List<String> keys, double value) {
        Runnable adding = adding(rule, keys, value);
        Call.current().work().ifPresentOrElse(work -> work.afterwards().add(adding), adding);
    }

    /// The same even if the transaction is refused.
    public void contributeNow(String rule, List<String> keys, double value) {
        adding(rule, keys, value).run();
    }

    private Runnable adding(String rule, List<String> keys, double value) {
        Call call = Call.current();
        var counted = new Contributors.Rule(call.account(), call.region(), rule);
        return () -> contributors.add(counted, keys, value, call.request().at());
    }

    public Contributors contributors() {
        return contributors;
    }

    /// How fast things are used, in a world where that is limited.
    public Optional<Rates> rates() {
        return Optional.ofNullable(rates);
    }

    /// From now on what is used is held to AWS's rates.
    public void keepRates(InstantSource clock) {
        rates = new Rates(clock);
    }

    /// All readings since the world was opened.
    public Map<Usage, Long> readings() {
        var now = new TreeMap<Usage, Long>(Comparator.comparing(Usage::toString));
        readings.forEach((usage, sum) -> now.put(usage, sum.sum()));
        return now;
    }

    void reset() {
        readings.clear();
        contributors.reset();
    }
}
