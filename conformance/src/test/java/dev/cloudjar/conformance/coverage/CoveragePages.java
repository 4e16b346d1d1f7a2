package dev.cloudjar.conformance.coverage;

import dev.cloudjar.conformance.laws.LawBook;
import dev.cloudjar.conformance.laws.LawBook.Trial;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pages of `docs/coverage`, from the models and from what the services bind.
final class CoveragePages {
    private static final Path TESTS = Path.of("src/test");

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

    String overview() {
        var page = new StringBuilder();
        long modelled = services.stream().mapToLong(s -> s.operations().size()).sum();
        long built = services.stream().mapToLong(this::answered).sum();
        page.append("# Coverage\n\n")
                .append("Cloudjar knows ")
                .append(modelled)
                .append(" operations of ")
                .append(services.size())
                .append(" AWS APIs: each is routed, authenticated, decoded and validated.\n")
                .append("It answers ")
                .append(built)
                .append(" of them; all others say HTTP 501, `NotImplemented`, in their own protocol.\n\n")
                .append("`CoverageTest` writes these pages and fails when they differ from what the services bind.\n\n")
                .append("[How many mutants of a service die](mutants.md) says what the laws are worth.\n\n")
                .append("| service | name | modelled | answered | under law |\n|---|---|---:|---:|---:|\n");
        services.forEach(service -> page.append(row(service)));
        return page.toString();
    }

    private String row(ServiceSchema service) {
        String id = service.id();
        String link = world.service(id).isPresent() ? "[" + id + "](" + id + ".md)" : id;
        return "| " + link + " | " + service.facts().fullName() + " | "
                + service.operations().size() + " | " + answered(service) + " | " + underLaw(id) + " |\n";
    }

    private int underLaw(String id) {
        return world.service(id).isPresent() ? book.trial(id).underLaw().size() : 0;
    }

    private long answered(ServiceSchema service) {
        return service.operations().stream().filter(this::isAnswered).count();
    }

    private boolean isAnswered(OperationSchema operation) {
        return world.service(operation.service().id())
                .filter(bound -> bound.schema()
                        .operation(operation.name())
                        .filter(bound::implementsOperation)
                        .isPresent())
                .isPresent();
    }

    /// The page of one service: for each operation, whether it is answered and which conformance tests call it.
    String service(String id) throws IOException {
        ServiceSchema service =
                services.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
        Trial trial = book.trial(id);
        var page = new StringBuilder("# ")
                .append(service.facts().fullName())
                .append("\n\n")
                .append(answered(service) + " of " + service.operations().size() + " operations are answered, ")
                .append(trial.underLaw().size() + " are under law (`LawsTest`), ")
                .append(durable(trial) + " of which write what `StoresAgreeTest` finds again in a journal.\n\n")
                .append(
                        "| operation | answered | laws that hold | durable | errors not seen | clients that test it |\n")
                .append("|---|---|---|---|---|---|\n");
        for (OperationSchema operation : service.operations()) {
            page.append("| ").append(operation.name()).append(" | ");
            page.append(isAnswered(operation) ? "yes" : "no").append(" | ");
            page.append(String.join(", ", trial.laws(operation))).append(" | ");
            page.append(trial.writes(operation) ? "yes" : "").append(" | ");
            page.append(isAnswered(operation) ? String.join(", ", trial.unseen(operation)) : "")
                    .append(" | ");
            page.append(String.join(", ", clients(operation))).append(" |\n");
        }
        return page.toString();
    }

    private static long durable(Trial trial) {
        return trial.underLaw().stream().filter(trial::writes).count();
    }

    private static List<String> clients(OperationSchema operation) throws IOException {
        String folder = "java/dev/cloudjar/conformance/" + operation.service().id();
        String tools = "resources/dev/cloudjar/conformance/tools/";
        String command = "aws " + operation.service().id() + " " + spaced(operation.name(), "-") + "\\b";
        String python = "\\." + spaced(operation.name(), "_") + "\\(";
        return Stream.of(
                        client("Java SDK", folder, "\\b\\w*\\." + operation.methodName() + "(Paginator)?\\("),
                        client("aws CLI", tools, command),
                        client("boto3", tools, python),
                        client("JavaScript SDK", tools, "new " + operation.name() + "Command\\("))
                .flatMap(List::stream)
                .toList();
    }

    /// `CreateQueue` as `create-queue`.
    private static String spaced(String name, String between) {
        return name.replaceAll("(?<!^)([A-Z])", between + "$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> client(String name, String place, String call) throws IOException {
        Path start = TESTS.resolve(place);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (Pattern.compile(call).matcher(text).find()) {
                    return List.of(name);
                }
            }
        }
        return List.of();
    }
}
