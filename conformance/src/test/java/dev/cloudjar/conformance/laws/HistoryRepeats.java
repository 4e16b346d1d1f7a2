package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.client.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The stories of a service are as they were committed, in `src/test/laws/<service>.txt`. A service that has no
/// such file yet is not held to one.
final class HistoryRepeats implements Law {
    private static final String TITLE = "history repeats";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        Map<String, List<String>> committed = read(survey.subject());
        return survey.subject()
                .acts()
                .filter(act -> committed.containsKey(act.name()))
                .map(act -> new Case(
                        title(),
                        act.operation(),
                        act.name(),
                        court -> assertThat(Story.of(court, act))
                                .as("-Dcloudjar.rewrite=true accepts it")
                                .isEqualTo(committed.get(act.name()))));
    }

    private static Path file(Subject subject) {
        return Path.of("src/test/laws/" + subject + ".txt");
    }

    static boolean isCommitted(Subject subject) {
        return Files.exists(file(subject));
    }

    private static Map<String, List<String>> read(Subject subject) {
        var stories = new LinkedHashMap<String, List<String>>();
        if (!isCommitted(subject)) {
            return stories;
        }
        try {
            List<String> story = new ArrayList<>();
            for (String line : Files.readAllLines(file(subject))) {
                if (!line.startsWith("  ")) {
                    story = new ArrayList<>();
                    stories.put(line, story);
                }
                story.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stories;
    }

    /// Writes all stories anew, where that is asked for.
    static void write(Court court) throws IOException {
        var text = new StringBuilder();
        for (Act act : court.subject().acts().toList()) {
            if (court.subject().hints().isExcused(act.operation().name(), TITLE)) {
                continue;
            }
            try {
                Story.of(court, act).forEach(line -> text.append(line).append('\n'));
            } catch (Scene.Unready | Samples.Impossible unready) {
                text.append("# ").append(act).append(" is not under law.\n");
            }
        }
        Committed.check(file(court.subject()).toString(), text.toString());
    }
}
