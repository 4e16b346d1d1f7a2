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
/// nothing more.
final class TokensHold implements Law {
    private static final Set<String> NAMES = Set.of("ClientToken", "ClientRequestToken", "IdempotencyToken");
    private static final String TOKEN = "0f0e0d0c-0b0a-4908-8706-050403020100";

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
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        input.set(token(operation).orElseThrow(), TOKEN);
        var first = new AtomicReference<@Nullable Outcome>();
        List<OperationSchema> observers = seen.stream().map(Sight::observer).toList();
        List<Sight> sights = Sight.around(scene, operation, input, observers, first::set);
        Optional<Long> digest = Digest.of(court);
        Outcome again = scene.call(operation, input);

        assertThat(seen.isEmpty() || sights.stream().anyMatch(Sight::tells))
                .as("the first call does something")
                .isTrue();
        assertThat(again).isEqualTo(first.get());
        assertThat(Digest.of(court)).as("the state").isEqualTo(digest);
    }
}
