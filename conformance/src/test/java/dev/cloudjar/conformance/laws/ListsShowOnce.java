package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Survey.Listing;
import dev.cloudjar.model.OperationSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A list contains what was made exactly once, and loses nothing by it.
final class ListsShowOnce implements Law {
    private static final int SEVERAL = 3;

    @Override
    public String title() {
        return "lists contain it once";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(Words::readsOnly)
                .flatMap(observer -> survey.growing(observer).stream()
                        .filter(listing -> Words.creates(listing.writer()))
                        .limit(1))
                .map(listing ->
                        new Case(title(), listing.observer(), listing.writer().name(), court -> check(court, listing)));
    }

    private static void check(Court court, Listing listing) {
        Scene scene = court.scene();
        scene.perform(listing.writer());
        List<Object> before = listing.look(scene);
        for (int i = 0; i < SEVERAL; i++) {
            Optional<Outcome> made = again(scene, listing.writer());
            if (made.isEmpty()) {
                return;
            }
            List<Object> after = listing.look(scene);
            List<Object> fresh = new ArrayList<>(after);
            fresh.removeAll(before);

            assertThat(after).as("%s after %s", listing, made).hasSize(before.size() + 1);
            assertThat(new HashSet<Object>(after)).as("no element twice").hasSameSizeAs(after);
            assertThat(fresh).as("what is new in %s", after).hasSize(1);
            before = after;
        }
    }

    /// One more of what `writer` makes, under a name of its own; nothing where an account may not have more.
    static Optional<Outcome> again(Scene scene, OperationSchema writer) {
        Outcome outcome = scene.call(writer, scene.input(writer));
        if (outcome.code().matches(".*(Limit|Quota|TooMany).*")) {
            return Optional.empty();
        }
        assertThat(outcome.succeeded())
                .as("%s was answered %s", writer, outcome)
                .isTrue();
        return Optional.of(outcome);
    }
}
