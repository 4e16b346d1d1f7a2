package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Optional;
import java.util.stream.Stream;

/// Operations that read leave the digest of the state as it was. What an account has from the beginning may be
/// made when it is first asked for, so the second reading counts.
final class ReadsChangeNothing implements Law {
    static final String TITLE = "reads change nothing";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(Words::readsOnly)
                .map(operation -> new Case(title(), operation, "", court -> check(court, operation)));
    }

    private static void check(Court court, OperationSchema operation) {
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        scene.performed(operation, input);
        Optional<Long> before = Digest.of(court);
        Outcome outcome = scene.performed(operation, input);

        assertThat(before).as("a digest").isPresent();
        assertThat(Digest.of(court)).as("the state after %s", outcome).isEqualTo(before);
    }
}
