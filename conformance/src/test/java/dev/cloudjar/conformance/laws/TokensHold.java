package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call that is made again with its idempotency token is the same call: it has the same answer, and makes
/// nothing more. Where nobody sees what it does, it is another call with another token.
final class TokensHold implements Law {
    private static final Set<String> NAMES = Set.of("ClientToken", "ClientRequestToken", "IdempotencyToken");
    private static final String TOKEN = "0f0e0d0c-0b0a-4908-8706-050403020100";
    private static final String OTHER = "0f0e0d0c-0b0a-4908-8706-050403020101";

    @Override
    public String title() {
        return "idempotency tokens hold";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> !Words.reads(operation) && token(operation).isPresent())
                .map(operation ->
                        new Case(title(), operation, "", court -> check(court, operation, survey.sights(operation))));
    }

    private static Optional<Member> token(OperationSchema operation) {
        return operation.input().members().stream()
                .filter(member -> member.is(Trait.IDEMPOTENCY_TOKEN) || NAMES.contains(member.name()))
                .findFirst();
    }

    private static void check(Court court, OperationSchema operation, List<Sight> seen) {
        List<String> elsewhere = Outcome.texts(court.scene().perform(operation).output());
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        input.set(token(operation).orElseThrow(), TOKEN);
        var first = new AtomicReference<@Nullable Outcome>();
        List<OperationSchema> observers = seen.stream().map(Sight::observer).toList();
        List<Sight> sights = Sight.around(scene, operation, input, observers, first::set);
        Optional<Long> digest = Digest.of(court);
        Outcome again = scene.call(operation, input);

        assertThat(again).isEqualTo(first.get());
        assertThat(Digest.of(court)).as("the state").isEqualTo(digest);
        if (seen.isEmpty()) {
            input.set(token(operation).orElseThrow(), OTHER);
            Outcome another = scene.call(operation, input);
            assertThat(!another.equals(again) || !Digest.of(court).equals(digest))
                    .as("with another token it is another call, but was answered %s", another)
                    .isTrue();
        } else {
            assertThat(sights)
                    .as("the first call does something")
                    .map(sight -> sight.without(elsewhere))
                    .anyMatch(Sight::tells);
        }
    }
}
