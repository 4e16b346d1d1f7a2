package dev.cloudjar.conformance.coverage;

import dev.cloudjar.conformance.laws.LawBook.Trial;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The page of one service: of each operation, whether it is answered, which laws hold for it, whether policies
/// are enforced and what it writes is kept, who calls it in a test, and which of its errors nobody has seen.
final class Card {
    private static final String ENFORCED = "the unauthorised change nothing";
    private static final Path FAMILIES = Path.of("../services");
    private static final String HEAD = """

            `modelled` are all of them. `laws` hold in `LawsTest`; `enforced` is its law that the unauthorised change
            nothing. What a `durable` operation writes is found again in a journal by `StoresAgreeTest`. `clients` are the
            tests in which one calls it. No test has brought about the `errors not seen`.

            | operation | answered | laws | enforced | durable | clients | errors not seen |
            |---|---|---|---|---|---|---|
            """;

    private final Bound bound;
    private final Trial trial;
    private final ServiceSchema service;

    Card(Bound bound, Trial trial) {
        this.bound = bound;
        this.trial = trial;
        this.service = bound.schema();
    }

    /// The module in which the service's code is.
    String family() throws IOException {
        String code =
                "src/main/java/" + bound.service().getClass().getPackageName().replace('.', '/');
        try (Stream<Path> modules = Files.list(FAMILIES)) {
            return modules.filter(module -> Files.isDirectory(module.resolve(code)))
                    .map(module -> String.valueOf(module.getFileName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Totals totals() throws IOException {
        int withClients = 0;
        for (OperationSchema operation : service.operations()) {
            withClients += Callers.of(operation).isEmpty() ? 0 : 1;
        }
        return new Totals(
                service.operations().size(),
                count(bound::implementsOperation),
                trial.underLaw().size(),
                count(this::isEnforced),
                count(this::isDurable),
                withClients);
    }

    private int count(Predicate<OperationSchema> which) {
        return (int) service.operations().stream().filter(which).count();
    }

    private boolean isEnforced(OperationSchema operation) {
        return trial.laws(operation).contains(ENFORCED);
    }

    private boolean isDurable(OperationSchema operation) {
        return trial.writes(operation);
    }

    String page() throws IOException {
        Totals totals = totals();
        var page = new StringBuilder("# ")
                .append(service.facts().fullName())
                .append("\n\nOf ")
                .append(totals.modelled())
                .append(" operations ")
                .append(totals.answered())
                .append(" are answered, ")
                .append(totals.underLaw())
                .append(" are under law, ")
                .append(totals.enforced())
                .append(" enforced, ")
                .append(totals.durable())
                .append(" durable, ")
                .append(totals.withClients())
                .append(" called by clients.\n")
                .append(HEAD);
        for (OperationSchema operation : service.operations()) {
            boolean answered = bound.implementsOperation(operation);
            List<String> laws = trial.laws(operation).stream()
                    .filter(law -> !law.equals(ENFORCED))
                    .toList();
            page.append("| ").append(operation.name());
            page.append(" | ").append(answered ? "yes" : "no");
            page.append(" | ").append(String.join(", ", laws));
            page.append(" | ").append(isEnforced(operation) ? "yes" : "");
            page.append(" | ").append(isDurable(operation) ? "yes" : "");
            page.append(" | ").append(String.join(", ", Callers.of(operation)));
            page.append(" | ").append(answered ? String.join(", ", trial.unseen(operation)) : "");
            page.append(" |\n");
        }
        return page.toString();
    }
}
