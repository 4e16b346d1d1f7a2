package dev.cloudjar.wire.fault;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Filter;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.model.OperationSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Something that goes wrong on purpose: with which calls, how often, and how.
public record Fault(String key, Target target, Chance chance, Effect effect) implements Row<String> {
    /// Which calls: each member is a pattern with `*` and `?`.
    public record Target(String service, String operation, String account, String region, String resource) {
        boolean has(OperationSchema called, Call call, Optional<String> about) {
            return matches(service, called.service().id())
                    && matches(operation, called.name())
                    && matches(account, call.account())
                    && matches(region, call.region())
                    && (resource.equals("*")
                            || about.filter(arn -> matches(resource, arn)).isPresent());
        }

        private static boolean matches(String pattern, String text) {
            return pattern.equals("*") || new Filter("", List.of(pattern)).matches(List.of(text));
        }
    }

    /// How often: with which probability, decided by a seed, and at most how many times, zero for always.
    public record Chance(double rate, long seed, long times) {
        /// Whether call number `number` is hit: the same for the same seed.
        boolean hits(long number) {
            return rate >= 1 || new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L).nextDouble() < rate;
        }
    }

    /// What happens to a call that is hit.
    public sealed interface Effect {}

    /// It is refused with an error: one of the operation's own, by its code or name, or any other, with the
    /// status given for that.
    public record Refused(String code, String message, int status) implements Effect {}

    /// It is refused as if there had been too many.
    public record Throttled() implements Effect {}

    /// It is answered later, by the real clock.
    public record Slow(Duration by) implements Effect {}

    /// Its connection is reset.
    public record Reset() implements Effect {}
}
