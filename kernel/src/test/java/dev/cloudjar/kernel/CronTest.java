package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cron expressions as AWS explains them, from a Sunday in November on.
class CronTest {
    private static final LocalDateTime SUNDAY = LocalDateTime.of(2026, 11, 22, 4, 30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 10 * * ? *     | 2026-11-22T10:00",
                "15 12 * * ? *    | 2026-11-22T12:15",
                "0 18 ? * MON-FRI * | 2026-11-23T18:00",
                "0 8 1 * ? *      | 2026-12-01T08:00",
                "0/15 * * * ? *   | 2026-11-22T04:45",
                "0 9 ? * 2#1 *    | 2026-12-07T09:00",
                "0 0 L * ? *      | 2026-11-30T00:00",
                "0 0 15W * ? *    | 2026-12-15T00:00",
                "0 0 31W * ? 2027 | 2027-01-29T00:00",
                "0 0 ? * 6L *     | 2026-11-27T00:00",
                "0 0 ? * L *      | 2026-11-28T00:00",
                "0 0 29 FEB ? *   | 2028-02-29T00:00",
                "0 4,5 * * ? *    | 2026-11-22T05:00"
            })
    void theNextTimeIsFound(String expression, LocalDateTime next) {
        assertThat(Cron.parse(expression).orElseThrow().after(SUNDAY)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 10 * * * *", "0 10 ? * ? *", "60 10 * * ? *", "0 10 * * ?", "0 10 32 * ? *", "x 1 * * ? *"})
    void whatIsNoExpressionIsNone(String expression) {
        assertThat(Cron.parse(expression)).isEmpty();
    }

    @Test
    void aTimeThatNeverComesIsNotThere() {
        assertThat(Cron.parse("0 0 1 1 ? 2020").orElseThrow().after(SUNDAY)).isEmpty();
    }
}
