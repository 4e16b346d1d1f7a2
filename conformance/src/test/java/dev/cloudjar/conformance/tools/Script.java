package dev.cloudjar.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Commands with what is expected of their answers, as `aws-cli.txt` explains.
final class Script {
    /// One command and the lines of expectation below it.
    record Step(String command, List<String> expectations) {}

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\S+");

    private final Map<String, String> names;

    Script(Map<String, String> names) {
        this.names = names;
    }

    static List<Step> parse(String text) {
        var steps = new ArrayList<Step>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                steps.getLast().expectations().add(line);
            }
        }
        return steps;
    }

    /// The words of a command; what stands in single or double quotes is part of one.
    static List<String> words(String command) {
        return QUOTED.matcher(command)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group())
                .toList();
    }

    String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }

    void check(Step step, Tool.Outcome outcome) throws IOException {
        for (String expectation : step.expectations()) {
            check(filled(step.command()), expectation, outcome);
        }
    }

    private void check(String command, String expectation, Tool.Outcome outcome) throws IOException {
        if (expectation.startsWith("! ")) {
            assertThat(outcome.status()).as(command).isNotZero();
            assertThat(outcome.err()).as(command).contains(filled(expectation.substring(2)));
            return;
        }
        assertThat(outcome.status()).as("%s: %s", command, outcome.err()).isZero();
        if (expectation.equals("empty")) {
            assertThat(outcome.out()).as(command).isBlank();
            return;
        }
        String[] words = expectation.split(" ", 3);
        JsonNode found = new ObjectMapper().readTree(outcome.out()).at(filled(words[0]));
        assertThat(found.isMissingNode())
                .as("%s: %s of %s", command, words[0], outcome.out())
                .isFalse();
        switch (words[1]) {
            case "=" -> assertThat(found.asText()).as(command).isEqualTo(filled(words[2]));
            case "~" -> assertThat(found.asText()).as(command).containsPattern(filled(words[2]));
            case "->" -> names.put(words[2], found.asText());
            default -> throw new IllegalArgumentException(expectation);
        }
    }
}
