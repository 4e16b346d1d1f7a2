package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Optional;
import java.util.stream.Stream;

/// An operation that is told the name of something refuses a name that nobody has, and changes nothing; with
/// the right name it succeeds in the same state. Some deletions and lists are content with what is not there.
final class StrangersAreRefused implements Law {
    @Override
    public String title() {
        return "what is not there is refused";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> !Words.deletes(operation))
                .flatMap(operation -> operation.input().members().stream()
                        .filter(member -> isGiven(survey, operation, member))
                        .filter(member -> survey.subject()
                                .graph()
                                .maker(member.name(), operation)
                                .filter(maker -> Words.verb(maker.operation()).equals("Create"))
                                .isPresent())
                        .map(member ->
                                new Case(title(), operation, member.name(), court -> check(court, operation, member))));
    }

    /// Whether the usual input has the member, so that another one can stand in its place.
    private static boolean isGiven(Survey survey, OperationSchema operation, Member member) {
        return member.is(Trait.REQUIRED)
                || survey.subject()
                        .hints()
                        .input(operation.name())
                        .filter(json -> json.contains("\"" + member + "\":"))
                        .isPresent();
    }

    private static void check(Court court, OperationSchema operation, Member member) {
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        Object value = input.get(member);
        if (!(value instanceof String name)) {
            return;
        }
        Struct edited = operation.input().create();
        edited.copyFrom(input);
        edited.set(member, other(name));
        Optional<Long> before = Digest.of(court);
        Outcome outcome = scene.call(operation, edited);

        assertThat(outcome.refused())
                .as("%s of %s: %s", operation, edited, outcome)
                .isTrue();
        assertThat(Digest.of(court)).as("the state after %s", outcome).isEqualTo(before);
        scene.performed(operation, input);
    }

    /// A name of the same form: two characters near the end are others.
    static String other(String name) {
        int end = name.length();
        while (end > 2 && !Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        var text = new StringBuilder(name);
        for (int i = Math.max(0, end - 3); i < end - 1; i++) {
            char c = name.charAt(i);
            text.setCharAt(i, c == '9' ? '0' : c == 'f' ? '1' : Character.isDigit(c) ? (char) (c + 1) : c);
        }
        return text.toString().equals(name) ? name.substring(0, end - 1) + "q" + name.substring(end) : text.toString();
    }
}
