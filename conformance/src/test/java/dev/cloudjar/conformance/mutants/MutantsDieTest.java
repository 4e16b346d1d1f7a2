package dev.cloudjar.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.Hunt;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A service with a fault fails a law: a write that is dropped, a filter that is ignored, a page that is too
/// long, somebody else's account, a condition that nobody enforces. The faults are made in the service's own
/// code. `-Dcloudjar.mutants=sqs,kms` tries all of theirs and writes down what lives; without it some of those
/// that died then have to die again.
class MutantsDieTest {
    private static final List<String> WHOLE =
            List.of(System.getProperty("cloudjar.mutants", "").split(","));
    private static final int SOME = 20;
    private static final int MANY = 500;
    private static final long SEED = 8;
    /// Another line of code is another choice of mutants.
    private static final double SLACK = 0.05;

    static List<String> services() {
        return Cloud.services().stream()
                .map(Service.Entry::id)
                .filter(id -> WHOLE.contains(id) || WHOLE.contains("") && isTriedAlways(id))
                .toList();
    }

    /// What has many cases takes long, and is tried when somebody asks for it.
    private static boolean isTriedAlways(String service) {
        return Figures.isCommitted(service) && Figures.committed(service).cases() < MANY;
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("services")
    void ofLaws(String service) throws IOException {
        try (RunningServer sound = RunningServer.steady()) {
            World world = sound.world().orElseThrow();
            Class<?> type = world.service(service).orElseThrow().service().getClass();
            List<Service> before = Cloud.services().stream()
                    .map(Service.Entry::id)
                    .takeWhile(id -> !id.equals(service))
                    .map(id -> world.service(id).orElseThrow().service())
                    .toList();
            var loader = new MutantLoader(type, before);
            loader.loadAll(type);
            Switch.off();
            try (Hunt hunt = Hunt.of(service, sound, servers(service, type, loader))) {
                hunt.rehearse(Switch::passed);
                if (WHOLE.contains(service)) {
                    tryAll(service, hunt, loader.mutants());
                } else {
                    trySome(Figures.committed(service), hunt, loader.mutants());
                }
            }
        }
    }

    private static void tryAll(String service, Hunt hunt, List<Mutant> mutants) throws IOException {
        var alive = new TreeSet<String>();
        List<Mutant> reached = reached(hunt, mutants);
        for (Mutant mutant : reached) {
            if (kill(hunt, mutant).isEmpty()) {
                alive.add(mutant.name());
                System.out.println(service + ": alive: " + mutant + ", felt by " + hunt.felt(mutant.number()));
            }
        }
        var figures = new Figures(
                service,
                hunt.cases(),
                reached.size() - alive.size(),
                alive,
                names(mutants.stream()
                        .filter(mutant -> !hunt.isExcused(mutant.method()) && !hunt.reaches(mutant.number()))
                        .toList()),
                names(mutants.stream()
                        .filter(mutant -> hunt.isExcused(mutant.method()))
                        .toList()));
        figures.write();
        System.out.println(service + ": " + hunt.cases() + " cases kill " + figures.killed() + " of " + reached.size()
                + " that they reach of " + mutants.size() + "; unsteady: " + hunt.unsteady());
    }

    private static void trySome(Figures known, Hunt hunt, List<Mutant> mutants) {
        List<Mutant> reached = reached(hunt, mutants);
        long visible = mutants.stream()
                .filter(mutant -> !hunt.isExcused(mutant.method()))
                .count();
        assertThat((double) reached.size() / visible)
                .as("the part of %s's mutants that laws reach", known.service())
                .isGreaterThanOrEqualTo(known.reach() - SLACK);
        var chosen = new ArrayList<>(reached.stream()
                .filter(mutant -> !known.alive().contains(mutant.name())
                        && !known.unreached().contains(mutant.name()))
                .toList());
        Collections.shuffle(chosen, new Random(SEED));
        List<Mutant> some = chosen.subList(0, Math.min(SOME, chosen.size()));
        List<Mutant> alive =
                some.stream().filter(mutant -> kill(hunt, mutant).isEmpty()).toList();
        assertThat((double) alive.size() / some.size())
                .as(
                        "the part of %s's mutants that live, of %s which once died: %s",
                        known.service(), some.size(), alive)
                .isLessThanOrEqualTo(SLACK);
    }

    private static List<Mutant> reached(Hunt hunt, List<Mutant> mutants) {
        return mutants.stream()
                .filter(mutant -> !hunt.isExcused(mutant.method()) && hunt.reaches(mutant.number()))
                .toList();
    }

    private static Optional<String> kill(Hunt hunt, Mutant mutant) {
        return hunt.kill(mutant.number(), Switch::only, Switch::off);
    }

    private static Set<String> names(List<Mutant> mutants) {
        return mutants.stream().map(Mutant::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Supplier<RunningServer> servers(String service, Class<?> type, MutantLoader loader) {
        Service.Entry[] entries = Cloud.services().stream()
                .map(entry -> entry.id().equals(service)
                        ? new Service.Entry(service, kernel -> loader.make(type.getName(), kernel), entry.ports())
                        : entry)
                .toArray(Service.Entry[]::new);
        return () -> RunningServer.of(entries).atRest();
    }
}
