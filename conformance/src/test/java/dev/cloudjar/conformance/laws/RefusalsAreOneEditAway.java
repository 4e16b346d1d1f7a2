package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Edits.Edit;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Optional;
import java.util.stream.Stream;

/// An input that lacks a required member is refused and changes nothing; the same input with the member then
/// succeeds. So it is with the edits that the lines about a service name, which are refused with the code that
/// stands there.
final class RefusalsAreOneEditAway implements Law {
    @Override
    public String title() {
        return "refusals are one edit away";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return Stream.concat(
                survey.operations()
                        .filter(Edits::mayBeWrong)
                        .map(operation -> new Case(title(), operation, "", court -> edits(court, operation))),
                survey.subject().hints().refused().stream().flatMap(refused -> named(survey, refused)));
    }

    private static void edits(Court court, OperationSchema operation) {
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        for (Edit edit : Edits.of(operation, input)) {
            if (edit.wrong()) {
                refused(scene, operation, edit.input(), edit.about());
            }
        }
        scene.performed(operation, input);
    }

    private Stream<Case> named(Survey survey, Hints.Refused refused) {
        String about = refused.json() + " is " + refused.code();
        return survey
                .subject()
                .act(refused.operation())
                .map(act -> new Case(title(), act.operation(), about, court -> {
                    OperationSchema operation = act.operation();
                    Scene scene = court.scene();
                    Struct input = scene.input(act);
                    Struct edited = scene.edited(operation, input, refused.json());
                    Outcome outcome = refused(scene, operation, edited, about);
                    assertThat(outcome.code()).as(about).isEqualTo(refused.code());
                    scene.performed(operation, input);
                }))
                .stream();
    }

    private static Outcome refused(Scene scene, OperationSchema operation, Struct input, String about) {
        Optional<Long> before = Digest.of(scene.court());
        Outcome outcome = scene.call(operation, input);

        assertThat(outcome.refused()).as("%s %s: %s", operation, about, outcome).isTrue();
        assertThat(Digest.of(scene.court())).as("the state after %s", outcome).isEqualTo(before);
        return outcome;
    }
}
