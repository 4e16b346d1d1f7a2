package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Survey.Listing;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.stream.Stream;

/// What has a name is not made twice: the second call is refused, or answered as the first was, and nothing
/// more is there than before.
final class NamesConflict implements Law {
    private static final String CONFLICT = ".*(Exist|Conflict|InUse|Already|Duplicate|Taken|Limit).*";

    @Override
    public String title() {
        return "names conflict";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(Words::readsOnly)
                .flatMap(observer -> survey.growing(observer).stream())
                .filter(listing -> Words.verb(listing.writer()).equals("Create") && named(listing.writer(), survey))
                .map(listing ->
                        new Case(title(), listing.writer(), listing.observer().name(), court -> check(court, listing)));
    }

    /// Whether a required member names what is made, by which others then call it.
    private static boolean named(OperationSchema operation, Survey survey) {
        return operation.input().members().stream()
                .filter(member -> survey.operations()
                        .filter(other -> !other.equals(operation))
                        .flatMap(other -> other.input().member(member.name()).stream())
                        .anyMatch(other -> other.is(Trait.REQUIRED)))
                .filter(member -> member.name().endsWith("Name") || Words.same(member.name(), Words.noun(operation)))
                .anyMatch(member -> Words.stem(member.name()).isEmpty()
                        || Words.same(Words.stem(member.name()), Words.noun(operation)));
    }

    private static void check(Court court, Listing listing) {
        Scene scene = court.scene();
        Struct input = scene.input(listing.writer());
        Outcome first = scene.performed(listing.writer(), input);
        List<Object> before = listing.look(scene);
        Outcome second = scene.call(listing.writer(), input);

        if (second.succeeded()) {
            assertThat(second).as("the same call again").isEqualTo(first);
        } else {
            assertThat(second.refused()).as("%s", second).isTrue();
            assertThat(second.code()).matches(CONFLICT);
        }
        assertThat(before).as("what %s lists", listing.observer()).isNotEmpty();
        assertThat(listing.look(scene)).isEqualTo(before);
    }
}
