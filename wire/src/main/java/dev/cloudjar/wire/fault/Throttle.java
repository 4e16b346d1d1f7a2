package dev.cloudjar.wire.fault;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Filter;
import dev.cloudjar.model.OperationSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// AWS's limits of request rates, from `limits.txt` beside this class: a bucket of tokens for each account and
/// region, filled by the world's clock. What AWS publishes no limit for has none.
public final class Throttle {
    /// Whom a bucket is for, besides the account and the region.
    private enum Share {
        /// All operations that the line names.
        TOGETHER,
        /// Each operation.
        OPERATION,
        /// Each operation upon each resource.
        RESOURCE
    }

    private record Limit(int line, List<String> operations, double rate, double burst, Share share) {
        boolean isFor(String operation) {
            return new Filter("", operations).matches(List.of(operation));
        }
    }

    private record Key(int line, String account, String region, String of) {}

    private static final class Bucket {
        private final Limit limit;
        private double tokens;
        private Instant filled;

        Bucket(Limit limit, Instant now) {
            this.limit = limit;
            this.tokens = limit.burst();
            this.filled = now;
        }

        synchronized boolean take(Instant now) {
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            tokens = Math.min(limit.burst(), tokens + Math.max(0, seconds) * limit.rate());
            filled = now;
            boolean enough = tokens >= 1;
            tokens -= enough ? 1 : 0;
            return enough;
        }
    }

    private final InstantSource clock;
    private final Map<String, List<Limit>> limits = read();
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, Optional<Limit>> found = new ConcurrentHashMap<>();

    public Throttle(InstantSource clock) {
        this.clock = clock;
    }

    private static Map<String, List<Limit>> read() {
        var limits = new HashMap<String, List<Limit>>();
        try (InputStream in = Objects.requireNonNull(Throttle.class.getResourceAsStream("limits.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                String[] words = lines.get(i).split(" +");
                var limit = new Limit(
                        i,
                        List.of(words[1].split(",")),
                        Double.parseDouble(words[2]),
                        Double.parseDouble(words[3]),
                        Share.valueOf(words[4].toUpperCase(Locale.ROOT)));
                limits.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(limit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return limits;
    }

    /// Takes a token for a call, or throws the error with which its service says that there is none.
    public void take(OperationSchema operation, Call call, Optional<String> resource) {
        Optional<Limit> limit =
                found.computeIfAbsent(operation.service().id() + '/' + operation.name(), _ -> find(operation));
        if (limit.isPresent() && !bucket(limit.get(), operation, call, resource).take(clock.instant())) {
            throw TooMany.error(operation);
        }
    }

    /// The first line that names the operation.
    private Optional<Limit> find(OperationSchema operation) {
        return limits.getOrDefault(operation.service().id(), List.of()).stream()
                .filter(limit -> limit.isFor(operation.name()))
                .findFirst();
    }

    private Bucket bucket(Limit limit, OperationSchema operation, Call call, Optional<String> resource) {
        String of = switch (limit.share()) {
            case TOGETHER -> "";
            case OPERATION -> operation.name();
            case RESOURCE -> operation.name() + '/' + resource.orElse("");
        };
        var key = new Key(limit.line(), call.account(), call.region(), of);
        return buckets.computeIfAbsent(key, _ -> new Bucket(limit, clock.instant()));
    }
}
