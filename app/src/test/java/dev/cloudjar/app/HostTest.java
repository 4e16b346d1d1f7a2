package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `cloudjar host` answers to its standard input.
class HostTest {
    @Test
    void cloudsAreStartedAndStoppedALineEach() throws IOException {
        List<String> answers = answers("start\t--seed\t7\nstart\n");

        assertThat(answers)
                .hasSize(2)
                .allMatch(answer -> answer.matches("started\t\\d+"))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeDoneIsRefused() throws IOException {
        assertThat(answers("start\t--sed\t7\nstop\t1\nstop\nsit\n"))
                .containsExactly(
                        "refused\tThere is no option --sed; './cloudjar start --help' lists them.",
                        "refused\tThere is no cloud at port 1.",
                        "refused\tThere is no cloud at port .",
                        "refused\tThere is no order 'sit'.");
    }

    private static List<String> answers(String orders) throws IOException {
        var said = new ByteArrayOutputStream();
        var failures = new ArrayList<Throwable>();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new Host(out, line -> {}, failures::add).run(new StringReader(orders));
        assertThat(failures).isEmpty();
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
