package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Cron;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.secretsmanager.Secret.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a secret is to be rotated: some days after the last time, at a rate, or by a cron expression.
record Schedule(Rules rules) {
    private static final long MOST_DAYS = 1_000;
    private static final long FEWEST_HOURS = 4;

    /// The schedule of a request; its refusal where it is none.
    static Schedule of(SecretsManager.RotationRulesType in) {
        if (in.automaticallyAfterDays().isPresent() && in.scheduleExpression().isPresent()) {
            throw SecretsManager.INVALID_PARAMETER_EXCEPTION.because(
                    "You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
        }
        var schedule = new Schedule(new Rules(
                in.automaticallyAfterDays().orElse(0L),
                in.scheduleExpression().orElse(""),
                in.duration().orElse("")));
        if (!schedule.rules.expression().isEmpty()) {
            schedule.check();
        }
        return schedule;
    }

    boolean isThere() {
        return rules.days() > 0 || !rules.expression().isEmpty();
    }

    private void check() {
        boolean valid = rate().map(rate -> rate.toHours() >= FEWEST_HOURS && rate.toDays() <= MOST_DAYS)
                .or(() -> cron().map(Cron::isOnFullHours))
                .orElse(false);
        if (!valid) {
            throw refused();
        }
    }

    private static AwsError refused() {
        return SecretsManager.INVALID_PARAMETER_EXCEPTION.because("Invalid ScheduleExpression.");
    }

    private Optional<Cron> cron() {
        String text = rules.expression();
        return text.startsWith("cron(") && text.endsWith(")")
                ? Cron.parse(text.substring("cron(".length(), text.length() - 1))
                : Optional.empty();
    }

    /// The hours or days of a rate.
    private Optional<Duration> rate() {
        String text = rules.expression();
        if (!text.startsWith("rate(") || !text.endsWith(")")) {
            return Optional.empty();
        }
        String[] words =
                text.substring("rate(".length(), text.length() - 1).strip().split(" +");
        if (words.length != 2 || !words[0].chars().allMatch(Character::isDigit) || words[0].length() > 4) {
            throw refused();
        }
        long number = Long.parseLong(words[0]);
        return switch (words[1]) {
            case "day", "days" -> Optional.of(Duration.ofDays(number));
            case "hour", "hours" -> Optional.of(Duration.ofHours(number));
            default -> throw refused();
        };
    }

    /// When the next window opens, after a rotation at `last`. Days begin at midnight, hours on the hour.
    Optional<Instant> after(Instant last) {
        if (rules.days() > 0) {
            return Optional.of(last.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(rules.days())));
        }
        if (rules.expression().isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> rate = rate();
        return rate.isPresent()
                ? rate.map(every -> last.truncatedTo(every.toDays() > 0 ? ChronoUnit.DAYS : ChronoUnit.HOURS)
                        .plus(every))
                : cron().flatMap(cron -> cron.after(last));
    }
}
