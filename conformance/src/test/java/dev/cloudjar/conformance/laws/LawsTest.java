package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.LawBook.Trial;
import dev.cloudjar.conformance.laws.LawBook.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every law holds for every operation of every service that is built.
@WithLawBook
class LawsTest {
    private final LawBook book;

    LawsTest(LawBook book) {
        this.book = book;
    }

    @TestFactory
    Stream<DynamicContainer> hold() {
        return book.services().stream().map(service -> dynamicContainer(service, laws(book.trial(service))));
    }

    private static Stream<DynamicContainer> laws(Trial trial) {
        return trial.verdicts().stream()
                .collect(Collectors.groupingBy(Verdict::law, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(law ->
                        dynamicContainer(law.getKey(), law.getValue().stream().map(LawsTest::test)));
    }

    private static DynamicTest test(Verdict verdict) {
        return dynamicTest((verdict.operation().name() + " " + verdict.about()).strip(), () -> {
            if (verdict.failure().isPresent()) {
                throw verdict.failure().get();
            }
        });
    }

    /// The stories by which [HistoryRepeats] judges; nothing is written unless that is asked for.
    @Test
    void theStoriesAreWrittenDown() throws IOException {
        try (RunningServer server = RunningServer.start().atRest()) {
            for (String service : book.services()) {
                try (Court court = Court.of(server, service)) {
                    if (Committed.isRewriting()) {
                        HistoryRepeats.write(court);
                    }
                }
            }
        }
        assertThat(List.of("sqs", "sts")).allMatch(service -> book.services().contains(service));
    }
}
