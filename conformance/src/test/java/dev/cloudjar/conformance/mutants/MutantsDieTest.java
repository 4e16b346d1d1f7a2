package dev.cloudjar.conformance.mutants;

import dev.cloudjar.app.Cloud;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.laws.Hunt;
import dev.cloudjar.kernel.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A service with a fault fails a law: a write that is dropped, a filter that is ignored, a page that is too
/// long, somebody else's account, a condition that nobody enforces. The faults are made in the service's own
/// code.
class MutantsDieTest {
    /// So many of a service are tried, evenly spread, unless `cloudjar.mutants` says otherwise; fewer of one that
    /// is not held to its figures yet.
    private static final int MOST = Integer.getInteger("cloudjar.mutants", 150);
    private static final int FEW = Integer.getInteger("cloudjar.mutants", 30);

    static List<String> services() {
        return Cloud.services().stream().map(Service.Entry::id).toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void ofLaws(String service) {
        try (RunningServer sound = RunningServer.start().atRest()) {
            Class<?> type = sound.world()
                    .orElseThrow()
                    .service(service)
                    .orElseThrow()
                    .service()
                    .getClass();
            var loader = new MutantLoader(type);
            loader.loadAll(type);
            Switch.off();
            try (Hunt hunt = Hunt.of(service, sound, servers(service, type, loader))) {
                hunt.rehearse(Switch::passed);
                List<Mutant> visible = loader.mutants().stream()
                        .filter(mutant -> !hunt.isExcused(mutant.place()))
                        .toList();
                int excused = loader.mutants().size() - visible.size();
                report(service, hunt, chosen(visible, Figures.isHeld(service) ? MOST : FEW), excused);
            }
        }
    }

    private static void report(String service, Hunt hunt, List<Mutant> mutants, int excused) {
        var survivors = new ArrayList<Mutant>();
        for (Mutant mutant : mutants) {
            Optional<String> killer = hunt.kill(mutant.number(), Switch::only, Switch::off);
            if (killer.isEmpty()) {
                survivors.add(mutant);
            }
        }
        var figures = new Figures(service, hunt.cases(), mutants.size(), mutants.size() - survivors.size(), excused);
        System.out.println(service + ": " + hunt.cases() + " cases kill " + (mutants.size() - survivors.size()) + " of "
                + mutants.size() + " mutants; these live: " + survivors);
        figures.check();
    }

    private static List<Mutant> chosen(List<Mutant> all, int most) {
        double step = Math.max(1, (double) all.size() / most);
        var chosen = new ArrayList<Mutant>();
        for (double i = 0; i < all.size(); i += step) {
            chosen.add(all.get((int) i));
        }
        return chosen;
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
