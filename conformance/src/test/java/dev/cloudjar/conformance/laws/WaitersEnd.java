package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Survey.Listing;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.Waiter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What AWS's SDKs wait for comes, as the clock moves on: after what was made for it, or after its deletion where
/// they wait for the end of it.
final class WaitersEnd implements Law {
    @Override
    public String title() {
        return "waiters end";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.subject().schema().waiters().stream()
                .flatMap(waiter -> survey.operations()
                        .filter(operation -> operation.name().equals(waiter.operation()))
                        .flatMap(operation -> end(survey, operation, waiter)
                                .map(cause -> new Case(
                                        title(),
                                        operation,
                                        waiter.name(),
                                        court -> check(court, operation, waiter, cause)))));
    }

    /// What is to be done before the wait: nothing but to make it, or to delete it.
    private static Stream<Optional<OperationSchema>> end(Survey survey, OperationSchema operation, Waiter waiter) {
        boolean plain = waiter.acceptors().stream()
                .filter(acceptor -> acceptor.state().equals("success"))
                .allMatch(acceptor -> acceptor.argument().orElse("").matches("[\\w.\\[\\]]*"));
        if (!plain) {
            return Stream.empty();
        }
        if (!waiter.name().matches(".*(Deleted|NotExists|Terminated)")) {
            boolean made = waiter.name().matches(".*(Exists|Active|Available|Running|Complete|Ready)");
            boolean named = operation.input().members().stream().anyMatch(member -> member.is(Trait.REQUIRED));
            Optional<OperationSchema> maker =
                    survey.growing(operation).stream().findFirst().map(Listing::writer);
            return made && (named || maker.isPresent()) ? Stream.of(maker) : Stream.empty();
        }
        return survey.operations()
                .filter(other -> Words.deletes(other)
                        && survey.sights(other).stream()
                                .anyMatch(sight -> sight.observer().equals(operation) && sight.gone()))
                .limit(1)
                .map(Optional::of);
    }

    private static void check(Court court, OperationSchema operation, Waiter waiter, Optional<OperationSchema> cause) {
        Scene scene = court.scene();
        cause.filter(writer -> !Words.deletes(writer)).ifPresent(scene::perform);
        Struct input = scene.input(operation);
        cause.filter(Words::deletes).ifPresent(scene::perform);
        for (int attempt = 0; attempt < waiter.attempts(); attempt++) {
            Outcome outcome = scene.call(operation, input);
            Optional<String> state = waiter.acceptors().stream()
                    .filter(acceptor -> accepts(acceptor, outcome))
                    .map(Waiter.Acceptor::state)
                    .findFirst();
            assertThat(state.orElse("retry"))
                    .as("%s: %s", waiter.name(), outcome)
                    .isNotEqualTo("failure");
            if (state.filter("success"::equals).isPresent()) {
                return;
            }
            assertThat(state.isPresent() || outcome.succeeded())
                    .as("%s", outcome)
                    .isTrue();
            court.advance(waiter.delaySeconds() + "s");
        }
        throw new AssertionError(waiter.name() + " has waited in vain");
    }

    private static boolean accepts(Waiter.Acceptor acceptor, Outcome outcome) {
        return switch (acceptor.matcher()) {
            case "status" -> acceptor.expected().equals(Integer.toString(outcome.status()));
            case "error" -> acceptor.expected().equals(outcome.code());
            case "path", "pathAll", "pathAny" -> matches(acceptor, outcome);
            default -> false;
        };
    }

    /// Plain paths, with or without `[]`; an expression that computes never accepts.
    private static boolean matches(Waiter.Acceptor acceptor, Outcome outcome) {
        Map<String, String> leaves = outcome.succeeded() ? outcome.leaves() : Map.of();
        String path = acceptor.argument().orElse("");
        var values = leaves.entrySet().stream()
                .filter(leaf -> leaf.getKey().replaceAll("\\[\\d+]", "[]").equals(path))
                .map(Map.Entry::getValue)
                .toList();
        return acceptor.matcher().equals("pathAny")
                ? values.contains(acceptor.expected())
                : !values.isEmpty() && values.stream().allMatch(acceptor.expected()::equals);
    }
}
