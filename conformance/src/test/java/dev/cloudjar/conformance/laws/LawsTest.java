package dev.cloudjar.conformance.laws;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.conformance.laws.LawBook.Trial;
import dev.cloudjar.conformance.laws.LawBook.Verdict;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every law holds for every operation of every service that is built, or of that which `cloudjar.laws` names.
@WithLawBook
class LawsTest {
    private final LawBook book;

    LawsTest(LawBook book) {
        this.book = book;
    }

    @TestFactory
    Stream<DynamicContainer> hold() {
        String only = System.getProperty("cloudjar.laws", "");
        return book.services().stream()
                .filter(service -> only.isEmpty() || only.equals(service))
                .map(service -> dynamicContainer(service, laws(book.trial(service))));
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
}
