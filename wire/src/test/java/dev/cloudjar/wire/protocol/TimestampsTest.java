package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.TimestampFormat;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Instants in every form that AWS writes or takes.
class TimestampsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISO8601 | 2015-01-25T08:00:00Z             | 2015-01-25T08:00:00Z
            ISO8601 | 2015-01-25T08:00:00.5Z           | 2015-01-25T08:00:00.500Z
            ISO8601 | 2015-01-25T08:00:00+01:00        | 2015-01-25T07:00:00Z
            ISO8601 | 2015-01-25T08:00:00-01:00        | 2015-01-25T09:00:00Z
            ISO8601 | 2015-01-25T08:00:00              | 2015-01-25T08:00:00Z
            ISO8601 | 2015-01-25                       | 2015-01-25T00:00:00Z
            RFC822  | Sun, 25 Jan 2015 08:00:00 GMT    | 2015-01-25T08:00:00Z
            RFC822  | Sun, 25 Jan 2015 08:00:00.25 GMT | 2015-01-25T08:00:00.250Z
            RFC822  | Sunday, 25-Jan-15 08:00:00 GMT   | 2015-01-25T08:00:00Z
            RFC822  | Sun Jan 25 08:00:00 2015         | 2015-01-25T08:00:00Z
            RFC822  | Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
            UNIX    | 1422172800                       | 2015-01-25T08:00:00Z
            UNIX    | 1422172800.123                   | 2015-01-25T08:00:00.123Z
            UNIX    | 1.4221728E9                      | 2015-01-25T08:00:00Z
            UNIX    | 1E-999999999                     | 1970-01-01T00:00:00Z
            UNIX    | -1.5                             | 1969-12-31T23:59:58.500Z
            """)
    void areRead(TimestampFormat format, String text, Instant instant) {
        assertThat(Timestamps.parse(text, format)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISO8601 | 2015-01-25T08:00:00Z          | 2015-01-25T08:00:00Z
            ISO8601 | 2015-01-25T08:00:00.120Z      | 2015-01-25T08:00:00.12Z
            ISO8601 | 2015-01-25T08:00:00.000001Z   | 2015-01-25T08:00:00.000001Z
            RFC822  | Thu, 01 Jan 1970 00:00:00 GMT | 1970-01-01T00:00:00Z
            UNIX    | 1422172800                    | 2015-01-25T08:00:00Z
            UNIX    | 1422172800.1                  | 2015-01-25T08:00:00.100Z
            UNIX    | -0.5                          | 1969-12-31T23:59:59.500Z
            """)
    void areWritten(TimestampFormat format, String text, Instant instant) {
        assertThat(Timestamps.format(instant, format)).isEqualTo(text);
    }

    @Test
    void millisecondsAreWrittenWhereTheServiceWantsThem() {
        assertThat(Timestamps.iso8601(Instant.EPOCH, true)).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISO8601 | yesterday
            ISO8601 | 2015-13-25T08:00:00Z
            ISO8601 | 1422172800
            RFC822  | Mon, 25 Jan 2015 08:00:00 GMT
            RFC822  | 2015-01-25T08:00:00Z
            UNIX    | NaN
            UNIX    | 1E999
            UNIX    | 99999999999999999999
            UNIX    | 2015-01-25T08:00:00Z
            """)
    void whatIsNoneIsRefused(TimestampFormat format, String text) {
        assertThatThrownBy(() -> Timestamps.parse(text, format)).isInstanceOf(Unreadable.class);
    }
}
