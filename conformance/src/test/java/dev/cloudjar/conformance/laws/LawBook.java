package dev.cloudjar.conformance.laws;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.StructShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The trials of all services that are built, each in a cloud of its own whose clock stands still. Each is held
/// once, however many ask for it.
public final class LawBook implements AutoCloseable {
    /// How a case was decided.
    public record Verdict(
            String law,
            OperationSchema operation,
            String about,
            Optional<AssertionError> failure,
            List<OperationSchema> shown) {}

    /// The trial of one service: which operations were under law, the verdicts, and whose writing was seen.
    public record Trial(
            Set<OperationSchema> underLaw,
            Map<OperationSchema, String> failed,
            List<Verdict> verdicts,
            Set<String> writing,
            Map<String, Set<String>> refusals) {
        /// The errors that the model has for an operation and nothing has brought about.
        public List<String> unseen(OperationSchema operation) {
            Set<String> seen = refusals.getOrDefault(operation.name(), Set.of());
            return operation.errors().stream()
                    .filter(error -> error.error()
                            .filter(facts -> seen.contains(facts.code()) || seen.contains(facts.queryCode()))
                            .isEmpty())
                    .map(StructShape::name)
                    .toList();
        }

        /// Whether others see that the operation has written something.
        public boolean writes(OperationSchema operation) {
            return writing.contains(operation.name());
        }

        /// The verdicts against the service.
        public List<Verdict> failures() {
            return verdicts.stream()
                    .filter(verdict -> verdict.failure().isPresent())
                    .toList();
        }

        /// The laws that hold for an operation.
        public List<String> laws(OperationSchema operation) {
            return verdicts.stream()
                    .filter(verdict -> verdict.failure().isEmpty()
                            && verdict.shown().stream()
                                    .anyMatch(shown -> shown.name().equals(operation.name())))
                    .map(Verdict::law)
                    .distinct()
                    .toList();
        }
    }

    private final RunningServer server;
    private final boolean given;
    private final Map<String, Trial> trials = new LinkedHashMap<>();

    LawBook() {
        this(RunningServer.steady(), false);
    }

    private LawBook(RunningServer server, boolean given) {
        this.server = server;
        this.given = given;
    }

    /// A book whose trials are held in `server`.
    public static LawBook over(RunningServer server) {
        return new LawBook(server, true);
    }

    /// The ids of all services that there are.
    public static List<String> built() {
        return Cloud.services().stream().map(Service.Entry::id).toList();
    }

    /// Holds the trial of a service once more.
    public Trial anew(String service) {
        return hold(service);
    }

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
        rewrite(service);
        if (given) {
            return hold(service, server, law -> !(law instanceof SessionsRepeat));
        }
        try (RunningServer own = RunningServer.steady()) {
            return hold(service, own, law -> true);
        }
    }

    /// Sessions empty the world, so they are not for one that was given.
    private static Trial hold(String service, RunningServer server, Predicate<Law> which) {
        try (Court court = Court.of(server, service)) {
            Survey survey = Survey.of(court);
            List<Case> cases = Law.ALL.stream()
                    .filter(which)
                    .flatMap(law -> law.of(survey))
                    .toList();
            List<Verdict> verdicts =
                    cases.stream().map(one -> decide(one, court)).toList();
            server.assertNoFailures();
            return new Trial(underLaw(survey, verdicts), survey.failed(), verdicts, survey.writing(), court.refusals());
        }
    }

    /// The operations that could be made to succeed, or did so in a session.
    private static Set<OperationSchema> underLaw(Survey survey, List<Verdict> verdicts) {
        return Stream.concat(
                        survey.operations(),
                        verdicts.stream()
                                .filter(verdict -> verdict.failure().isEmpty())
                                .flatMap(verdict -> verdict.shown().stream()))
                .collect(Collectors.toSet());
    }

    /// The stories of a service that has a file of them are written anew where that is asked for, unless
    /// `cloudjar.stories` is `keep`.
    private static void rewrite(String service) {
        if (!Committed.isRewriting()
                || System.getProperty("cloudjar.stories", "").equals("keep")) {
            return;
        }
        try (RunningServer apart = RunningServer.steady();
                Court court = Court.of(apart, service)) {
            if (HistoryRepeats.isCommitted(court.subject())) {
                HistoryRepeats.write(court);
            }
            if (Sessions.areCommitted(service)) {
                Sessions.write(court);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verdict decide(Case one, Court court) {
        try {
            one.hear(court);
            return new Verdict(one.law(), one.operation(), one.about(), Optional.empty(), one.shown());
        } catch (AssertionError failure) {
            return new Verdict(one.law(), one.operation(), one.about(), Optional.of(failure), one.shown());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
