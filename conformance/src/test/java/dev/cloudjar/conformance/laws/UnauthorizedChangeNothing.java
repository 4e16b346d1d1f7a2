package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Optional;
import java.util.stream.Stream;

/// A user whom no policy allows anything is refused, and nothing changes; the same call of the same user succeeds
/// once a policy allows it.
final class UnauthorizedChangeNothing implements Law {
    /// What it is called in the cards.
    static final String TITLE = "the unauthorised change nothing";

    private static final String DENIED = "AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations().map(operation -> new Case(title(), operation, "", court -> check(court, operation)));
    }

    private static void check(Court court, OperationSchema operation) {
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        Caller stranger = Caller.stranger(court, scene.caller(operation));
        noteUse(scene, operation, stranger);
        Optional<Long> before = Digest.of(court);
        Outcome denied = scene.call(operation, input, stranger);

        assertThat(denied.refused())
                .as("%s of a stranger: %s", operation, denied)
                .isTrue();
        assertThat(denied.code().isEmpty() && denied.status() == 403
                        || denied.code().matches(DENIED))
                .as("%s of a stranger: %s", operation, denied)
                .isTrue();
        assertThat(Digest.of(court)).as("the state after %s", denied).isEqualTo(before);
        stranger.trust(court);
        Outcome allowed = scene.call(operation, input, stranger);
        assertThat(allowed.succeeded())
                .as("%s once it is allowed: %s", operation, allowed)
                .isTrue();
    }

    /// That a key is used for the first time is noted even where the call is refused, so another call is first.
    private static void noteUse(Scene scene, OperationSchema operation, Caller stranger) {
        scene.court().subject().operations().stream()
                .filter(other -> Words.readsOnly(other) && !other.equals(operation))
                .findFirst()
                .ifPresent(other -> scene.call(other, new Samples().smallest(other.input()), operation, stranger));
    }
}
