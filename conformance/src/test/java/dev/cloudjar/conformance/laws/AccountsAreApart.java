package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.OperationSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one account does no other sees, and neither does another region of the same account where the service
/// keeps resources by region.
final class AccountsAreApart implements Law {
    @Override
    public String title() {
        return "accounts and regions are apart";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> survey.sights(operation).stream().anyMatch(AccountsAreApart::lists))
                .map(operation -> new Case(title(), operation, "", court -> check(court, operation, survey)));
    }

    /// A list that says of whose it is only by who asks.
    private static boolean lists(Sight sight) {
        return !sight.grown().isEmpty() || !sight.shrunk().isEmpty();
    }

    private static void check(Court court, OperationSchema operation, Survey survey) {
        List<String> elsewhere = Outcome.texts(court.scene().perform(operation).output());
        Scene here = court.scene();
        Scene other = court.scene();
        Scene region = here.elsewhere(here.account(), Court.ELSEWHERE);
        List<OperationSchema> observers = survey.sights(operation).stream()
                .filter(AccountsAreApart::lists)
                .map(Sight::observer)
                .filter(observer -> other.look(observer).isPresent())
                .toList();
        List<Optional<Outcome>> before = observers.stream().map(other::look).toList();
        List<Optional<Outcome>> there = observers.stream().map(region::look).toList();
        List<Sight> own = Sight.around(
                here,
                operation,
                survey.sights(operation).stream().map(Sight::observer).toList());

        assertThat(observers.stream().map(other::look).toList())
                .as("in another account")
                .isEqualTo(before);
        if (court.subject().kinds().contains("REGION")) {
            assertThat(observers.stream().map(region::look).toList())
                    .as("in another region")
                    .isEqualTo(there);
        }
        assertThat(own)
                .as("in its own account")
                .map(sight -> sight.without(elsewhere))
                .anyMatch(Sight::tells);
    }
}
