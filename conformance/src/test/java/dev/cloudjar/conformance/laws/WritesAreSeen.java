package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.OperationSchema;
import java.util.List;
import java.util.stream.Stream;

/// What was written is read back: everybody who can see what an operation did sees it again in another account,
/// and in the same places.
final class WritesAreSeen implements Law {
    @Override
    public String title() {
        return "written is read back";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> !survey.sights(operation).isEmpty())
                .map(operation -> new Case(title(), operation, "", court -> check(court, operation, survey)));
    }

    private static void check(Court court, OperationSchema operation, Survey survey) {
        List<Sight> expected = survey.sights(operation);
        List<Sight> found = Sight.around(court.scene(), operation, survey.observers(operation)).stream()
                .filter(Sight::tells)
                .toList();

        assertThat(found)
                .as("who sees what %s did", operation)
                .map(Sight::observer)
                .isEqualTo(expected.stream().map(Sight::observer).toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).places())
                    .as("what %s shows of %s", found.get(i).observer(), operation)
                    .isEqualTo(expected.get(i).places());
        }
    }
}
