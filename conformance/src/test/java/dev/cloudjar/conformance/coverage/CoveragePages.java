package dev.cloudjar.conformance.coverage;

import dev.cloudjar.conformance.laws.LawBook;
import dev.cloudjar.conformance.mutants.Figures;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The pages of `docs/coverage`, from the models, from what the services bind, and from the trials.
final class CoveragePages {
    private static final String HEAD = """
            | service | name | family | modelled | answered | under law | enforced | durable | with clients |
            |---|---|---|---:|---:|---:|---:|---:|---:|
            """;

    private static final String WORTH = """
            ## What the laws are worth

            Each service is given faults, one at a time, in its own code: a write that is dropped, a filter that is ignored, a
            page that is too long, somebody else's account, a condition that nobody enforces. A mutant that a law comes by is
            dead when a law fails; the pages name those that live and those that no law reaches. Of the laws of each service less
            than 2 % are passed by stubs that answer everything in one way. `MutantsDieTest` and `StubsFailTest` hold this.

            """;

    private final World world;
    private final LawBook book;
    private final List<ServiceSchema> services =
            Schemas.catalog().stream().map(facts -> Schemas.open(facts.id())).toList();

    CoveragePages(World world, LawBook book) {
        this.world = world;
        this.book = book;
    }

    List<String> built() {
        return services.stream()
                .map(ServiceSchema::id)
                .filter(id -> world.service(id).isPresent())
                .toList();
    }

    String overview() throws IOException {
        var families = new TreeMap<String, Totals>();
        var rows = new StringBuilder();
        Totals all = Totals.NONE;
        for (ServiceSchema service : services) {
            String id = service.id();
            Optional<Card> card = card(service);
            Totals totals = Totals.modelled(service.operations().size());
            String family = "";
            if (card.isPresent()) {
                totals = card.get().totals();
                family = card.get().family();
                families.merge(family, totals, Totals::plus);
            }
            all = all.plus(totals);
            rows.append("| ")
                    .append(card.isPresent() ? "[" + id + "](" + id + ".md)" : id)
                    .append(" | ")
                    .append(service.facts().fullName())
                    .append(" | ")
                    .append(family)
                    .append(totals.cells());
        }
        var page = new StringBuilder("# Coverage\n\n")
                .append("Cloudjar knows ")
                .append(all.modelled())
                .append(" operations of ")
                .append(services.size())
                .append(" AWS APIs: each is routed, authenticated, decoded and validated.\n")
                .append("It answers ")
                .append(all.answered())
                .append(" of them; all others say HTTP 501, `NotImplemented`, in their own protocol.\n\n")
                .append("`CoverageTest` writes these pages and fails when they differ from what it finds.\n\n")
                .append(WORTH + Figures.table() + '\n')
                .append("Of the services that are built, by family:\n\n")
                .append("| family | modelled | answered | under law | enforced | durable | with clients |\n")
                .append("|---|---:|---:|---:|---:|---:|---:|\n");
        families.forEach((family, totals) -> page.append("| ").append(family).append(totals.cells()));
        return page.append("\nBy service:\n\n").append(HEAD).append(rows).toString();
    }

    private Optional<Card> card(ServiceSchema service) throws IOException {
        Optional<Bound> bound = world.service(service.id());
        return bound.isEmpty() ? Optional.empty() : Optional.of(new Card(bound.get(), book.trial(service.id())));
    }

    String service(String id) throws IOException {
        return new Card(world.service(id).orElseThrow(), book.trial(id)).page();
    }
}
