package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Call.Request;
import dev.cloudjar.kernel.store.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Calls and settings for tests.
final class Calls {
    static final String ACCOUNT = "111111111111";
    static final String REGION = "eu-central-1";

    private Calls() {}

    /// Runs `work` as the root of the usual account.
    static <R> R as(Supplier<R> work) {
        return as(ACCOUNT, REGION, work);
    }

    static <R> R as(String account, String region, Supplier<R> work) {
        return as(account, region, "Operation", work);
    }

    static <R> R as(String account, String region, String operation, Supplier<R> work) {
        var request = new Request("test", operation, "request-1", Instant.EPOCH, "http://localhost:4566");
        return Call.of(Principal.root(account), account, region, request).run(work::get);
    }

    static void run(Runnable work) {
        as(() -> {
            work.run();
            return true;
        });
    }

    static World.Settings settings(Consumer<String> log) {
        return new World.Settings(
                ACCOUNT, REGION, false, Durability.OS, OptionalLong.of(1), log, Optional.empty(), Duration.ZERO);
    }
}
