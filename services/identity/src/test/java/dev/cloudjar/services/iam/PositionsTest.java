package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A statement is found in the text of its policy by its Sid or its place.
class PositionsTest {
    @Test
    void aStatementIsFoundByIdAndPlace() {
        String text =
                "{\"Version\":\"2012-10-17\",\n \"Statement\": [\n  {\"Sid\":\"A\",\"Action\":\"x:{y\"},\n  {\"Sid\":\"B\"}]}";

        assertThat(shown(text, "A")).isEqualTo("3:3-3:30");
        assertThat(shown(text, "B")).isEqualTo("4:3-4:14");
        assertThat(shown(text, "1")).isEqualTo("4:3-4:14");
    }

    @Test
    void aLoneStatementIsFound() {
        assertThat(shown("{\"Statement\":{\"Effect\":\"Allow\",\"Condition\":{\"Bool\":{}}},\"Id\":\"x\"}", "0"))
                .isEqualTo("1:14-1:56");
    }

    private static String shown(String text, String name) {
        Positions.Stretch found = Positions.of(text, name).orElseThrow();
        return found.start().line().orElseThrow() + ":" + found.start().column().orElseThrow() + "-"
                + found.end().line().orElseThrow() + ":" + found.end().column().orElseThrow();
    }
}
