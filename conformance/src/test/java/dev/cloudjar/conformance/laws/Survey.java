package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.OperationSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was found out about a service by trying: which operations can be made to succeed, and which others see
/// what they have done.
final class Survey {
    private final Subject subject;
    private final Map<OperationSchema, List<Sight>> seen = new LinkedHashMap<>();
    private final Map<OperationSchema, String> failed = new LinkedHashMap<>();

    private Survey(Subject subject) {
        this.subject = subject;
    }

    /// Another survey may have moved the clock.
    static Survey of(Court court) {
        court.rest();
        var survey = new Survey(court.subject());
        for (OperationSchema operation : court.subject().operations()) {
            survey.survey(court, operation);
        }
        return survey;
    }

    private void survey(Court court, OperationSchema operation) {
        try {
            seen.put(
                    operation,
                    Sight.around(court.scene(), operation, observers(operation)).stream()
                            .filter(Sight::tells)
                            .toList());
        } catch (Scene.Unready | Samples.Impossible reason) {
            failed.put(operation, String.valueOf(reason.getMessage()));
        }
    }

    /// Who may see what `operation` did: what changes what it reads comes last, and what changes more is left
    /// out.
    List<OperationSchema> observers(OperationSchema operation) {
        return observers(subject, operation);
    }

    static List<OperationSchema> observers(Subject subject, OperationSchema operation) {
        return Words.readsOnly(operation)
                ? List.of()
                : subject.operations().stream()
                        .filter(other -> Words.reads(other) && !other.equals(operation))
                        .filter(other -> Words.related(operation, other))
                        .filter(other -> !subject.hints().isExcused(other.name(), ReadsChangeNothing.TITLE))
                        .sorted(Comparator.comparing(other -> !Words.readsOnly(other)))
                        .toList();
    }

    Subject subject() {
        return subject;
    }

    /// The operations of which an input is known that succeeds.
    Stream<OperationSchema> operations() {
        return seen.keySet().stream();
    }

    /// The operations that did what others saw.
    Set<String> writing() {
        return seen.keySet().stream()
                .filter(operation -> !sights(operation).isEmpty())
                .map(OperationSchema::name)
                .collect(Collectors.toSet());
    }

    /// Why no law is tried with some operations.
    Map<OperationSchema, String> failed() {
        return failed;
    }

    /// What others saw of what `operation` did.
    List<Sight> sights(OperationSchema operation) {
        return seen.getOrDefault(operation, List.of());
    }

    /// The operations that make a list of `observer` longer by one, best first.
    List<Listing> growing(OperationSchema observer) {
        var found = new ArrayList<Listing>();
        seen.forEach((writer, sights) -> sights.stream()
                .filter(sight -> sight.observer().equals(observer))
                .flatMap(sight -> sight.grown().stream())
                .forEach(path -> found.add(new Listing(writer, observer, path))));
        found.sort(Comparator.comparing((Listing listing) -> !listing.isOfItsNoun())
                .thenComparing(listing -> -Words.making(listing.writer())));
        return found;
    }

    /// A writer adds one element to the list at `path` of what an observer answers.
    record Listing(OperationSchema writer, OperationSchema observer, String path) {
        boolean isOfItsNoun() {
            return Words.same(Words.noun(writer), Words.noun(observer));
        }

        List<Object> look(Scene scene) {
            return scene.look(observer).map(outcome -> outcome.list(path)).orElse(List.of());
        }
    }
}
