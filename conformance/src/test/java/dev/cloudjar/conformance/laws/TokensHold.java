package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
                .map(operation -> new Case(title(), operation, "", court -> check(court, operation)));
    }

    private static Optional<Member> token(OperationSchema operation) {
        return operation.input().members().stream()
                .filter(member -> member.is(Trait.IDEMPOTENCY_TOKEN) || NAMES.contains(member.name()))
                .findFirst();
    }

    private static void check(Court court, OperationSchema operation) {
        Scene scene = court.scene();
        Struct input = scene.input(operation);
        input.set(token(operation).orElseThrow(), TOKEN);
        Outcome first = scene.performed(operation, input);
        Optional<Long> digest = Digest.of(court);
        Outcome again = scene.call(operation, input);

        assertThat(again).isEqualTo(first);
        assertThat(Digest.of(court)).as("the state").isEqualTo(digest);
    }
}
