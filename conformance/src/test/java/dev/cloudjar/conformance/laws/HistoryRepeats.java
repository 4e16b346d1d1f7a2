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
import java.util.Objects;
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
                .flatMap(act -> Chapter.ALL.stream()
                        .filter(chapter -> committed.containsKey(act.name() + chapter.title()))
                        .map(chapter -> repeats(
                                act, chapter, Objects.requireNonNull(committed.get(act.name() + chapter.title())))));
    }

    private Case repeats(Act act, Chapter chapter, List<String> lines) {
        return new Case(
                title(),
                act.operation(),
                act.name() + chapter.title(),
                court -> assertThat(Story.like(lines, court, act, chapter))
                        .as("-Dcloudjar.rewrite=true accepts it")
                        .isEqualTo(lines));
    }

    /// The first chapters alone, of which all stores and protocols have to tell the same.
    static List<Case> deeds(Survey survey) {
        return new HistoryRepeats()
                .of(survey)
                .filter(one -> !one.about().contains(" "))
                .toList();
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
            for (Chapter chapter : Chapter.ALL) {
                if (chapter.isOf(act)
                        && !court.subject().hints().isExcused(act.operation().name(), TITLE + chapter.title())) {
                    chapter(court, act, chapter)
                            .forEach(line -> text.append(line).append('\n'));
                }
            }
        }
        Committed.check(file(court.subject()).toString(), text.toString());
    }

    /// A chapter in which nothing happens is left out.
    private static List<String> chapter(Court court, Act act, Chapter chapter) {
        try {
            List<String> lines = Story.of(court, act, chapter);
            return lines.size() > 1 ? lines : List.of();
        } catch (Scene.Unready | Samples.Impossible unready) {
            return chapter.title().isEmpty() ? List.of("# " + act + " is not under law.") : List.of();
        }
    }
}
