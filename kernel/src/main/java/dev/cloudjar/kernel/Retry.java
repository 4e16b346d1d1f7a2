package dev.cloudjar.kernel;

import java.time.Duration;
import java.util.Optional;

/// How long a sender tries to deliver: at most so often, at most so long, and where a payload goes that never
/// arrives.
public record Retry(int attempts, Duration age, Optional<Arn> deadLetters) {
    /// What EventBridge and S3 do unless they are told otherwise: for a day.
    public static final Retry USUAL = new Retry(185, Duration.ofDays(1), Optional.empty());

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 10;

    /// The same with a queue for what never arrives.
    public Retry deadLetters(Arn queue) {
        return new Retry(attempts, age, Optional.of(queue));
    }

    /// How long to wait after so many failures: a second, then twice as long each time, up to five minutes.
    static Duration delay(int failures) {
        Duration delay = Duration.ofSeconds(1L << Math.min(failures, DOUBLINGS));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
