package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The trials of all services that are built, in one cloud whose clock stands still. Each is held once, however
/// many ask for it.
public final class LawBook implements AutoCloseable {
    /// How a case was decided.
    public record Verdict(String law, OperationSchema operation, String about, Optional<AssertionError> failure) {}

    /// The trial of one service: which operations were under law, the verdicts, and how each operation refused.
    public record Trial(
            Set<OperationSchema> underLaw,
            Map<OperationSchema, String> failed,
            List<Verdict> verdicts,
            Map<OperationSchema, Set<String>> refusals) {
        /// The laws that hold for an operation.
        public List<String> laws(OperationSchema operation) {
            return verdicts.stream()
                    .filter(verdict -> verdict.operation().equals(operation)
                            && verdict.failure().isEmpty())
                    .map(Verdict::law)
                    .distinct()
                    .toList();
        }
    }

    private final RunningServer server = RunningServer.start().atRest();
    private final Map<String, Trial> trials = new LinkedHashMap<>();

    /// The ids of the services that are built.
    public List<String> services() {
        return services(server);
    }

    static List<String> services(RunningServer server) {
        World world = server.world().orElseThrow();
        return Schemas.catalog().stream()
                .map(ServiceSchema.Facts::id)
                .filter(id -> world.service(id).isPresent())
                .toList();
    }

    public synchronized Trial trial(String service) {
        return trials.computeIfAbsent(service, this::hold);
    }

    private Trial hold(String service) {
        try (Court court = Court.of(server, service)) {
            Survey survey = Survey.of(court);
            var verdicts = new ArrayList<Verdict>();
            Law.all(survey)
                    .filter(one -> !Committed.isRewriting() || !HistoryRepeats.judges(one))
                    .forEach(one -> verdicts.add(decide(one, court)));
            server.assertNoFailures();
            return new Trial(Set.copyOf(survey.operations().toList()), survey.failed(), verdicts, court.refusals());
        }
    }

    private static Verdict decide(Case one, Court court) {
        try {
            one.hear(court);
            return new Verdict(one.law(), one.operation(), one.about(), Optional.empty());
        } catch (AssertionError failure) {
            return new Verdict(one.law(), one.operation(), one.about(), Optional.of(failure));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
