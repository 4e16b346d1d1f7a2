package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was deleted is read no more: whoever showed it refuses with an error that the model declares, lists are
/// shorter by one, and deleting it once more is refused or changes nothing.
final class DeletedIsGone implements Law {
    @Override
    public String title() {
        return "deleted is gone";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> Words.deletes(operation)
                        && survey.sights(operation).stream().anyMatch(DeletedIsGone::shows))
                .map(operation -> new Case(title(), operation, "", court -> check(court, operation, survey)));
    }

    private static boolean shows(Sight sight) {
        return sight.gone() || !sight.shrunk().isEmpty();
    }

    private static void check(Court court, OperationSchema operation, Survey survey) {
        List<Sight> expected =
                survey.sights(operation).stream().filter(DeletedIsGone::shows).toList();
        List<OperationSchema> observers = expected.stream().map(Sight::observer).toList();
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        List<Sight> found = Sight.around(scene, operation, input, observers);

        assertThat(found).hasSameSizeAs(expected).allMatch(DeletedIsGone::shows);
        for (Sight sight : found) {
            sight.after().filter(Outcome::refused).ifPresent(refusal -> declared(sight.observer(), refusal));
        }
        Outcome again = scene.call(operation, input);
        assertThat(again.succeeded() || again.refused())
                .as("deleted again: %s", again)
                .isTrue();
    }

    private static void declared(OperationSchema observer, Outcome refusal) {
        Set<String> declared = observer.errors().stream()
                .flatMap(error -> error.error().stream())
                .flatMap(facts -> Stream.of(facts.code(), facts.queryCode()))
                .collect(Collectors.toSet());
        boolean silent = refusal.code().isEmpty() || declared.isEmpty();
        assertThat(silent || declared.contains(refusal.code()) || refusal.code().matches("Inv.*|Acc.*|No.*|Val.*"))
                .as("%s refuses with %s, which is none of %s", observer, refusal, declared)
                .isTrue();
    }
}
