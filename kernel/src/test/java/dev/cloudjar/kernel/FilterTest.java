package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values of filters are patterns with asterisks, question marks and backslashes.
class FilterTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abcd, false",
        "abc, ABC, false",
        "a*, abc, true",
        "a*, a, true",
        "*c, abc, true",
        "a*c*e, abcde, true",
        "a*c*e, abcdef, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "*, '', true",
        "?, '', false",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "a\\?c, abc, false",
        "*ab, aab, true",
        "**b, ab, true"
    })
    void aPatternMatchesAsAwsSaysItDoes(String pattern, String text, boolean matches) {
        assertThat(Filter.matches(pattern, text)).isEqualTo(matches);
        assertThat(new Filter("x", List.of("never-this", pattern)).matches(List.of("other", text)))
                .isEqualTo(matches);
    }
}
